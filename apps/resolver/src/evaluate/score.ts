/*
 * How good links are, by the truth of a population. Pure.
 */
import type { Stratum } from './population.ts';
import type { Truth } from './truth.ts';

/** What a rule makes of an identity. */
export interface Answer {
  status: 'linked' | 'unlinked' | 'ambiguous' | 'internal';
  recordId: string | null;
  /** Linked, and yet shown to people as doubtful. */
  inReview: boolean;
}

/** Counts of identities. */
export interface Score {
  identities: number;
  /** Whose person has a record: what recall is a share of. */
  withRecord: number;
  /** For which exact evidence decides rightly. */
  decidable: number;
  right: number;
  /** Of the right ones, those that are listed for review all the same. */
  rightInReview: number;
  /** Of the decidable ones. */
  rightDecidable: number;
  ambiguous: number;
  /** Wrong links that nobody is asked about, where the records are right. */
  wrong: number;
  /** Wrong links that are listed for review. */
  wrongInReview: number;
  /** Wrong links where the only record that holds the identity is not its person's. */
  wrongInCrm: number;
}

/** A score of nothing. */
const nothing: Score = {
  identities: 0,
  withRecord: 0,
  decidable: 0,
  right: 0,
  rightInReview: 0,
  rightDecidable: 0,
  ambiguous: 0,
  wrong: 0,
  wrongInReview: 0,
  wrongInCrm: 0,
};

/** Judges the answers, each by the truth of the same place. */
export function scoreOf(truths: readonly Truth[], answers: readonly Answer[]): Score {
  return truths.map((truth, index) => judge(truth, answers[index])).reduce(add, nothing);
}

/** The same for each difficulty. */
export function scoresByStratum(truths: readonly Truth[], answers: readonly Answer[]): Map<Stratum, Score> {
  const scores = new Map<Stratum, Score>();
  for (const [index, truth] of truths.entries()) {
    const { stratum } = truth.identity;
    scores.set(stratum, add(scores.get(stratum) ?? nothing, judge(truth, answers[index])));
  }
  return scores;
}

/** Right links of those that nobody is asked about; then with those in review; then also where records mislead. */
export function precisionOf(score: Score): { unasked: number; withReview: number; withCrmErrors: number } {
  const { right, rightInReview, wrong, wrongInReview, wrongInCrm } = score;
  return {
    unasked: share(right - rightInReview, right - rightInReview + wrong),
    withReview: share(right, right + wrong + wrongInReview),
    withCrmErrors: share(right, right + wrong + wrongInReview + wrongInCrm),
  };
}

/** Right links of what could be right, and of what exact evidence allows. */
export function recallOf({ right, withRecord, rightDecidable, decidable }: Score): {
  ofAll: number;
  ofDecidable: number;
} {
  return { ofAll: share(right, withRecord), ofDecidable: share(rightDecidable, decidable) };
}

/** A part of nothing is all of it. */
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** Whether an answer links an identity to a record that is not its person's. */
export const isWrong = ({ ownRecords }: Truth, { recordId }: Answer): boolean =>
  recordId !== null && !ownRecords.has(recordId);

/** Whether a link is to one of several holders that was never the only one: then it was picked, not found. */
export const isGuessed = ({ holders, onceAlone }: Truth, { recordId }: Answer): boolean =>
  recordId !== null && holders.length > 1 && !onceAlone.has(recordId);

function judge(
  truth: Truth,
  answer: Answer = { status: 'unlinked', recordId: null, inReview: false },
): Score {
  const { ownRecords, isDecidable, isMisled } = truth;
  const wrong = isWrong(truth, answer);
  const right = answer.recordId !== null && !wrong;
  const inReview = answer.inReview && !isGuessed(truth, answer);
  return {
    identities: 1,
    withRecord: Number(ownRecords.size > 0),
    decidable: Number(isDecidable),
    right: Number(right),
    rightInReview: Number(right && inReview),
    rightDecidable: Number(right && isDecidable),
    ambiguous: Number(answer.status === 'ambiguous'),
    wrong: Number(wrong && !isMisled && !inReview),
    wrongInReview: Number(wrong && !isMisled && inReview),
    wrongInCrm: Number(wrong && isMisled),
  };
}

function add(a: Score, b: Score): Score {
  const keys = Object.keys(a) as (keyof Score)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Score;
}
