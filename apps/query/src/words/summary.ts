/*
 * Why a participant is linked, or is not, in the words of whoever works with contacts. Pure: everything that a
 * sentence says comes in.
 */
import type { Candidate, Evidence, Explanation, Identifier, ParticipantNature } from '@kith/contracts';
import {
  confidenceInWords,
  countInWords,
  dayInWords,
  identifierInWords,
  listInWords,
  methodInWords,
  methodKinds,
  recordInWords,
  sentence,
  throughKey,
} from './phrases.ts';

/** What the answer is made of. */
export interface SummaryFacts extends Pick<
  Explanation,
  'status' | 'recordId' | 'method' | 'confidence' | 'evidence' | 'candidates' | 'candidateCount'
> {
  nature: ParticipantNature;
  identifiers: readonly Identifier[];
  /** The title of the linked record. */
  title: string | null;
  /** The person's word that made the link; null where a rule did. */
  decision: { at: string | null; keyName: string | null } | null;
  rejected: readonly { recordId: string; title: string | null }[];
}

/** The answer in one to three sentences. */
export function summarize(facts: SummaryFacts): string {
  switch (facts.status) {
    case 'internal':
      return 'This is the company itself.';
    case 'linked':
      return [linkedBy(facts), contestedBy(facts)].filter((text) => text !== '').join(' ');
    case 'ambiguous':
      return `${sentence(holders(facts))}. Nothing decides between them; choose one.`;
    case 'unlinked':
      return [nobody(facts), rejection(facts)].filter((text) => text !== '').join(' ');
  }
}

function linkedBy(facts: SummaryFacts): string {
  const { recordId, title, decision, confidence } = facts;
  const record = recordInWords(recordId ?? '', title);
  if (decision !== null) {
    const day = decision.at === null ? '' : ` on ${dayInWords(decision.at)}`;
    return `A person linked it to ${record}${day}${throughKey(decision.keyName)}.`;
  }
  const sureness = confidence === null ? '' : ` with confidence ${confidenceInWords(confidence)}`;
  const why = because(facts);
  return `Linked to ${record}${sureness}${why === '' ? '' : `: ${why}`}.`;
}

/** The evidence that the method speaks of, or what the method means where the evidence has gone since. */
function because({ method, evidence }: SummaryFacts): string {
  const kinds = method === null ? undefined : methodKinds[method];
  const shared = evidence.find(({ kind }) => kinds?.includes(kind)) ?? evidence[0];
  if (shared !== undefined) return sharedInWords(shared);
  return method === null ? '' : (methodInWords[method] ?? '');
}

function sharedInWords(shared: Evidence): string {
  const identifier = identifierInWords(shared);
  const day = dayInWords(shared.observedAt);
  const field = `in the record's field "${shared.field}"`;
  if (shared.origin === 'record') return `${identifier} has been ${field} since ${day}`;
  return `${identifier}, first seen on ${day}, is ${field}`;
}

function contestedBy(facts: SummaryFacts): string {
  if (facts.candidateCount === 0) return '';
  return `${sentence(holders(facts, 'other'))}. Check which one is right.`;
}

/** `two records hold the phone number +44…: Ana Lima (93) and Bo Lima (94)` */
function holders({ candidates, candidateCount }: SummaryFacts, other?: 'other'): string {
  const isOne = candidateCount === 1;
  const count = isOne && other === 'other' ? 'another' : countInWords(candidateCount);
  const records = `${count} ${other === 'other' && !isOne ? 'other ' : ''}${isOne ? 'record' : 'records'}`;
  const names = candidates.map(({ recordId, title }) => recordInWords(recordId, title));
  const held = `${isOne ? 'holds' : 'hold'} ${heldBy(candidates)}${other === 'other' ? ' too' : ''}`;
  return `${records} ${held}: ${listInWords(names, { total: candidateCount })}`;
}

/** The one identifier that all of them hold; where they hold different ones, all that they have in common. */
function heldBy(candidates: readonly Candidate[]): string {
  const held = new Map(
    candidates.flatMap(({ evidence }) => evidence.map((one) => [`${one.kind} ${one.value}`, one])),
  );
  const common = [...held.values()].find(({ kind, value }) =>
    candidates.every(({ evidence }) => evidence.some((one) => one.kind === kind && one.value === value)),
  );
  return common === undefined ? 'something it is known by' : identifierInWords(common);
}

function nobody({ nature, identifiers, rejected }: SummaryFacts): string {
  if (nature === 'list') return 'A mailing list is not a person, so no rule links it.';
  if (nature === 'machine') return 'A machine is not a person, so no rule links it.';
  if (rejected.length > 0) return '';
  return `No record holds ${known(identifiers, 'or')}.`;
}

function rejection({ identifiers, rejected }: SummaryFacts): string {
  if (rejected.length === 0) return '';
  const names = rejected.map(({ recordId, title }) => recordInWords(recordId, title));
  const were = `${known(identifiers, 'and')} ${identifiers.length > 1 ? 'were' : 'was'}`;
  return `${were} unlinked from ${listInWords(names)} by a person; no rule links them again.`;
}

function known(identifiers: readonly Identifier[], joint: 'and' | 'or'): string {
  if (identifiers.length === 0) return 'it';
  return listInWords(
    identifiers.map(({ value }) => value),
    { joint },
  );
}
