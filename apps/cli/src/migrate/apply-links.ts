/*
 * Makes the planned links people's decisions in Kith, after history is there and the rule has linked what it can.
 *
 * Nothing that Kith knows better is overridden: a participant about whom a person decided in Kith, one that is the
 * company, and, unless a person linked it in the old system, one that a rule linked or found ambiguous. A decision that
 * was made once is not made again, also when somebody took it back since.
 */
import type { KithClient } from '@kith/client';
import type { KnownParticipant, ParticipantDirectory } from './kith-participants.ts';
import type { LegacyLink } from './wanted-links.ts';

/** The method of every link that comes from the old system. */
export const legacyMethod = 'legacy';
const confidence = 0.9;

/** What became of the planned links. */
export interface AppliedLinks {
  /** Are links with the method `legacy` now, of this run or an earlier one. */
  decided: number;
  /** A rule of Kith makes the link by itself. */
  byRule: number;
  /** Are still to be made: only where nothing is changed. */
  missing: number;
  /** Kith knows better, with the reason; the first few as `<record>: <participant in Kith>`. */
  left: Record<LeftReason, { count: number; examples: string[] }>;
}
/** Why a link was left. */
export type LeftReason =
  | 'no messages in Kith'
  | 'no rule links it in Kith'
  | 'the company itself'
  | 'a person decided in Kith'
  | 'a rule linked another record'
  | 'ambiguous in Kith'
  | 'the record is not in Kith';

type Verdict = { act: 'decide'; participantId: string } | { act: 'done' | 'byRule' } | Left;
type Left = { act: 'left'; reason: LeftReason };

/** What applying needs. `recordIds` are those that Kith has. */
export interface LinkParts {
  kith: KithClient;
  directory: ParticipantDirectory;
  recordIds: ReadonlySet<string>;
}

const linksPerCall = 500;
const examplesMax = 5;

/** Makes the links; with `dryRun` only says what they are now. */
export async function applyLinks(
  parts: LinkParts,
  links: readonly LegacyLink[],
  options: { dryRun: boolean },
): Promise<AppliedLinks> {
  const applied: AppliedLinks = { decided: 0, byRule: 0, missing: 0, left: noneLeft() };
  const wanted = new Map<string, string>();
  for (const link of links) {
    const known = await parts.directory.find(link.channel, link.identifier);
    const verdict = await judge(parts, link, known);
    if (verdict.act === 'decide') wanted.set(verdict.participantId, link.recordId);
    else if (verdict.act === 'left')
      addLeft(applied, verdict.reason, `${link.recordId}: ${known?.id ?? '-'}`);
    else applied[verdict.act === 'done' ? 'decided' : 'byRule'] += 1;
  }
  if (options.dryRun) applied.missing = wanted.size;
  else applied.decided += await decide(parts.kith, [...wanted]);
  return applied;
}

async function judge(
  { kith, recordIds }: LinkParts,
  { recordId, origin }: LegacyLink,
  known: KnownParticipant | null,
): Promise<Verdict> {
  if (known === null) return leftFor('no messages in Kith');
  if (known.status === 'internal') return leftFor('the company itself');
  const isLinkedSo = known.recordId === recordId;
  if (isLinkedSo && known.method === legacyMethod) return { act: 'done' };
  if (isByPerson(known)) return leftFor('a person decided in Kith');
  if (!recordIds.has(recordId)) return leftFor('the record is not in Kith');
  if (origin !== 'person') {
    if (isLinkedSo) return { act: 'byRule' };
    if (known.status === 'linked') return leftFor('a rule linked another record');
    if (known.status === 'ambiguous') return leftFor('ambiguous in Kith');
    if (origin === 'rule') return leftFor('no rule links it in Kith');
  }
  const isNew = !(await wasTakenBack(kith, known.id, recordId));
  return isNew ? { act: 'decide', participantId: known.id } : leftFor('a person decided in Kith');
}

const leftFor = (reason: LeftReason): Left => ({ act: 'left', reason });

/**
 * Whether a person ruled the record out in Kith, or changed the same decision of an earlier run. One that was undone
 * by its entry, as a rollback does, may be made again.
 */
async function wasTakenBack(kith: KithClient, participantId: string, recordId: string): Promise<boolean> {
  const { rejected, history } = await kith.read.participants.explain.query({ participantId });
  return (
    rejected.some((ruledOut) => ruledOut.recordId === recordId) ||
    history.some((entry) => entry.method === legacyMethod && entry.recordId === recordId && !entry.undone)
  );
}

const ofRules =
  /^(?:(?:email|phone|linkedin|linkedin_email)_webhook|sync_identifier_match|record_identifier_match)$/;

const isByPerson = ({ method }: KnownParticipant): boolean =>
  method !== null && method !== legacyMethod && !ofRules.test(method);

async function decide(kith: KithClient, wanted: readonly [string, string][]): Promise<number> {
  for (let start = 0; start < wanted.length; start += linksPerCall) {
    const links = wanted.slice(start, start + linksPerCall).map(([participantId, recordId]) => ({
      participantId,
      recordId,
      method: legacyMethod,
      confidence,
    }));
    await kith.write.participants.linkMany.mutate({ links });
  }
  return wanted.length;
}

const reasons: readonly LeftReason[] = [
  'no messages in Kith',
  'no rule links it in Kith',
  'the company itself',
  'a person decided in Kith',
  'a rule linked another record',
  'ambiguous in Kith',
  'the record is not in Kith',
];

const noneLeft = (): AppliedLinks['left'] =>
  Object.fromEntries(
    reasons.map((reason) => [reason, { count: 0, examples: [] }]),
  ) as unknown as AppliedLinks['left'];

function addLeft({ left }: AppliedLinks, reason: LeftReason, example: string): void {
  left[reason].count += 1;
  if (left[reason].examples.length < examplesMax) left[reason].examples.push(example);
}
