/* The records that one can choose of a participant in the review, in the order of their keys. Pure. */
import type { Candidate, ReviewItem, Suggestion } from '@kith/client';

/** A record that may be the participant’s. */
export interface Choice {
  recordId: string;
  /** Null also where it is not told here. */
  title: string | null;
  /** The record that it is linked to now, one that holds an identifier, or one that only may be meant. */
  kind: 'linked' | 'candidate' | 'suggestion';
  evidence: Candidate['evidence'];
  reasons: Suggestion['evidence'];
  /** Of a suggestion: 0..1. */
  score: number | null;
}

/** The link that stands, then who holds an identifier, then who may be meant. */
export function choicesOf({ participant, candidates, suggestions }: ReviewItem): Choice[] {
  const { recordId } = participant;
  const now: Choice[] =
    recordId === null
      ? []
      : [{ recordId, title: null, kind: 'linked', evidence: [], reasons: [], score: null }];
  return [
    ...now,
    ...candidates.map((one): Choice => ({ ...one, kind: 'candidate', reasons: [], score: null })),
    ...suggestions.map(({ recordId: id, title, evidence, score }): Choice => {
      return { recordId: id, title, kind: 'suggestion', evidence: [], reasons: evidence, score };
    }),
  ];
}

/** The item once a record is ruled out; null where that settles it. */
export function withoutChoice(item: ReviewItem, recordId: string): ReviewItem | null {
  const suggestions = item.suggestions.filter((one) => one.recordId !== recordId);
  const candidates = item.candidates.filter((one) => one.recordId !== recordId);
  if (item.participant.recordId === recordId) return withoutLink(item);
  if (candidates.length === item.candidates.length) return { ...item, suggestions };
  const candidateCount = item.candidateCount - 1;
  // One of two leaves the other; a link that nobody else claims any more stands.
  const isSettled = item.reason === 'contested' ? candidateCount === 0 : candidateCount === 1;
  return isSettled ? null : { ...item, suggestions, candidates, candidateCount };
}

/** Of several others that hold it nothing decides; a single one takes the place. */
function withoutLink(item: ReviewItem): ReviewItem | null {
  if (item.candidateCount < 2) return null;
  const participant = { ...item.participant, recordId: null, status: 'ambiguous', contested: false } as const;
  return { ...item, participant, reason: 'ambiguous' };
}
