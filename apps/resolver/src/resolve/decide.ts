/*
 * The rule of resolution, as a pure function: from what is known of one participant to what it should be.
 *
 * A person's decision, then an exact identifier, then nothing. One record holds an identifier: link. Several:
 * ambiguous. None: unlinked. A link that a rule made stays while its own evidence holds, also when another record
 * gains the identifier (it is contested then), and goes when the evidence is gone (Invariant 4: never guess).
 */
import type { IdentifierKind, LinkReason, ParticipantNature, ParticipantStatus } from '@kith/contracts';

/** A record that holds one of the participant's identifiers, or one of its clues, in one of its fields. */
export interface Evidence {
  recordId: string;
  kind: IdentifierKind;
  value: string;
  field: string;
  /** A clue came with the participant and is not its own identity: a LinkedIn profile's email address. */
  isClue: boolean;
  /** Whether a webhook has named the identifier, or only fetched history so far. */
  byWebhook: boolean;
}

/** What a participant's link is. */
export interface LinkState {
  status: ParticipantStatus;
  recordId: string | null;
  method: string | null;
  confidence: number | null;
  /** Whether a person made it. */
  manual: boolean;
  /** Of an ambiguous participant every record that holds it, of a contested one the others; else empty. */
  candidates: readonly string[];
}

/** A person's word that the participant is a record; only one whose record is there counts. */
export interface LinkDecision {
  recordId: string;
  method: string;
  confidence: number;
}

/** What is known of a participant. `evidence` leaves out deleted records and those a person has ruled out. */
export interface Facts {
  current: LinkState;
  internal: boolean;
  nature: ParticipantNature;
  decision: LinkDecision | null;
  evidence: readonly Evidence[];
  /** The identifiers (`<kind> <value>`) that just became its own: a link made without them cannot speak for them. */
  gained?: ReadonlySet<string>;
}

/** More records than this are not kept as candidates; `participants.explain` counts them all. */
export const candidatesMax = 100;

interface Rule {
  method: string;
  confidence: number;
}

type Family = 'email' | 'phone' | 'linkedin' | 'linkedin_email';
type Cause = 'message' | 'record';

const webhookRules: Record<Family, Rule> = {
  email: { method: 'email_webhook', confidence: 0.95 },
  phone: { method: 'phone_webhook', confidence: 0.9 },
  linkedin: { method: 'linkedin_webhook', confidence: 0.95 },
  linkedin_email: { method: 'linkedin_email_webhook', confidence: 0.9 },
};

const families: Record<IdentifierKind, Family> = {
  email: 'email',
  phone: 'phone',
  whatsapp_bsuid: 'phone',
  whatsapp_lid: 'phone',
  linkedin_member: 'linkedin',
  linkedin_profile: 'linkedin',
  linkedin_public: 'linkedin',
  linkedin_sales: 'linkedin',
  linkedin_recruiter: 'linkedin',
};

/** What the participant should be now. Equal to `current` when nothing changes. */
export function decide(facts: Facts, reason: LinkReason): LinkState {
  const { decision, evidence } = facts;
  if (facts.internal) return without('internal');
  if (decision !== null) return { status: 'linked', ...decision, manual: true, candidates: [] };
  // A list or a machine is nobody: what it shares with a record says nothing of who wrote.
  if (facts.nature === 'list' || facts.nature === 'machine') return without('unlinked');
  const holders = [...new Set(evidence.map((found) => found.recordId))].toSorted(byCodeUnit);
  const kept = keptRecord(facts, holders);
  const recordId = kept ?? (holders.length === 1 ? holders[0] : undefined);
  if (recordId === undefined) {
    return holders.length === 0 ? without('unlinked') : without('ambiguous', holders);
  }
  const candidates = holders.filter((holder) => holder !== recordId).slice(0, candidatesMax);
  const own = evidence.filter((found) => found.recordId === recordId);
  const rule = kept === null ? strongestRule(own, causeOf(reason)) : keptRule(facts.current, own, reason);
  return { status: 'linked', recordId, ...rule, manual: false, candidates };
}

/** No link, for the reason that the status names. */
export function without(
  status: 'unlinked' | 'ambiguous' | 'internal',
  candidates: readonly string[] = [],
): LinkState {
  return {
    status,
    recordId: null,
    method: null,
    confidence: null,
    manual: false,
    candidates: candidates.slice(0, candidatesMax),
  };
}

/** Whether two states say the same. */
export function isSameLink(a: LinkState, b: LinkState): boolean {
  return (
    a.status === b.status &&
    a.recordId === b.recordId &&
    a.method === b.method &&
    a.confidence === b.confidence &&
    a.manual === b.manual &&
    a.candidates.length === b.candidates.length &&
    a.candidates.every((candidate, index) => candidate === b.candidates[index])
  );
}

/**
 * The record of a link that a rule made and that still has evidence. Not when identifiers that just joined the
 * participant speak for another record: had they come first, nothing would have been linked (Invariant 3).
 */
function keptRecord(facts: Facts, holders: readonly string[]): string | null {
  const { current, evidence, gained } = facts;
  const { recordId } = current;
  if (recordId === null || current.manual || !holders.includes(recordId)) return null;
  if (gained === undefined || gained.size === 0) return recordId;
  const speaksForAnother = evidence.some(
    (found) => found.recordId !== recordId && gained.has(`${found.kind} ${found.value}`),
  );
  return speaksForAnother ? null : recordId;
}

/** The stronger of the link's own rule and what the evidence gives now; its own only while it is backed. */
function keptRule(current: LinkState, evidence: readonly Evidence[], reason: LinkReason): Rule {
  const { method, confidence } = current;
  const now = strongestRule(evidence, causeOf(reason));
  if (method === null || confidence === null || now.confidence > confidence) return now;
  const isBacked = evidence.some((found) =>
    causes.some((cause) => isSameRule(ruleFor(cause, found), { method, confidence })),
  );
  return isBacked ? { method, confidence } : now;
}

const causes: readonly Cause[] = ['message', 'record'];

function causeOf(reason: LinkReason): Cause {
  return reason === 'webhook' || reason === 'sync' ? 'message' : 'record';
}

function strongestRule(evidence: readonly Evidence[], cause: Cause): Rule {
  const rules = evidence.map((found) => ruleFor(cause, found));
  return rules.reduce((best, rule) => (isStronger(rule, best) ? rule : best));
}

/**
 * By where the identifier itself was named, not by what arrived last: history and webhooks give the same link in
 * either order (Invariant 3).
 */
function ruleFor(cause: Cause, { kind, isClue, byWebhook }: Evidence): Rule {
  const family = isClue && kind === 'email' ? 'linkedin_email' : families[kind];
  if (cause === 'message') {
    return byWebhook ? webhookRules[family] : { method: 'sync_identifier_match', confidence: 0.85 };
  }
  const isWeaker = family === 'phone' || family === 'linkedin_email';
  return { method: 'record_identifier_match', confidence: isWeaker ? 0.9 : 0.95 };
}

/** Of equally strong rules the first by name, so that the order of evidence does not matter. */
function isStronger(a: Rule, b: Rule): boolean {
  return a.confidence === b.confidence ? a.method < b.method : a.confidence > b.confidence;
}

const isSameRule = (a: Rule, b: Rule): boolean => a.method === b.method && a.confidence === b.confidence;

/** By UTF-16 code units, which is how Postgres' "C" collation orders too, outside of rare characters. */
function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
