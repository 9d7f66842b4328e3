/*
 * From what leads found to the records that are offered, best first.
 *
 * Each reason says by its weight how often it is right; together they count as independent: 1 − Π(1 − weight). A
 * reason counts once, however many fields or messages give it, because those are anything but independent.
 *
 * | reason | weight | why |
 * | --- | --- | --- |
 * | `loose_email`, `phone_variant` | 0.7 | the same mailbox or line, unless a company gives tags or variants to different people |
 * | `signature_*` | 0.6 | people sign with their own, and sometimes with their assistant's or their office's |
 * | `linkedin_variant` | 0.5 | the number inside a LinkedIn id suggests a member; LinkedIn never promised it |
 * | `name_and_company` | 0.5 | namesakes work at one company, and people change theirs |
 */
import type { Suggestion, SuggestionReason } from '@kith/contracts';
import type { Lead, Subject } from './leads.ts';

/** A record that has what a lead looked for. */
export interface Match {
  recordId: string;
  sourceRecordId: string;
  title: string | null;
  field: string;
  /** What the record has in that field. */
  shown: string;
}

/** What a lead's key found. */
export type MatchesOf = (lead: Lead) => readonly Match[];

/** How often a reason is right. */
export const weights: Readonly<Record<SuggestionReason, number>> = {
  loose_email: 0.7,
  phone_variant: 0.7,
  linkedin_variant: 0.5,
  name_and_company: 0.5,
  signature_phone: 0.6,
  signature_linkedin: 0.6,
  signature_email: 0.6,
};

const suggestionsMax = 5;
const evidenceMax = 10;

/**
 * What more records than this share tells nothing of one of them: a switchboard's number, a mailbox with a tag for
 * each customer, a common name at a large company. Such a key suggests nobody.
 */
export const sharersMax = 20;

/** The records to offer for a participant: at most five, highest score first, then by id. */
export function suggest(subject: Subject, leads: readonly Lead[], matchesOf: MatchesOf): Suggestion[] {
  const settled = new Set(subject.settled);
  const byRecord = new Map<string, Suggestion>();
  for (const lead of leads) {
    const matches = matchesOf(lead);
    if (new Set(matches.map(({ recordId }) => recordId)).size > sharersMax) continue;
    for (const match of matches) {
      if (settled.has(match.recordId) || settled.has(match.sourceRecordId)) continue;
      addEvidence(byRecord, lead, match);
    }
  }
  return [...byRecord.values()].map(weigh).toSorted(bestFirst).slice(0, suggestionsMax);
}

function addEvidence(byRecord: Map<string, Suggestion>, lead: Lead, match: Match): void {
  const { recordId, title, field, shown } = match;
  const suggestion = byRecord.get(recordId) ?? { recordId, title, score: 0, evidence: [] };
  byRecord.set(recordId, suggestion);
  const { reason, value, messageId } = lead;
  const isKnown = suggestion.evidence.some(
    (one) => one.reason === reason && one.value === value && one.recordValue === shown && one.field === field,
  );
  if (isKnown) return;
  suggestion.evidence.push({
    reason,
    value,
    recordValue: shown,
    field,
    ...(messageId === undefined ? {} : { messageId }),
  });
}

function weigh(suggestion: Suggestion): Suggestion {
  const reasons = [...new Set(suggestion.evidence.map(({ reason }) => reason))];
  const doubt = reasons.reduce((left, reason) => left * (1 - weights[reason]), 1);
  const evidence = suggestion.evidence
    .toSorted((a, b) => weights[b.reason] - weights[a.reason])
    .slice(0, evidenceMax);
  return { ...suggestion, evidence, score: Math.round((1 - doubt) * 100) / 100 };
}

function bestFirst(a: Suggestion, b: Suggestion): number {
  if (a.score !== b.score) return b.score - a.score;
  return a.recordId < b.recordId ? -1 : 1;
}
