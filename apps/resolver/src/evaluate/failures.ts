/*
 * What must not be: a link to somebody else's record that nobody is asked about, unless the record itself says so; a
 * record picked among several; an identity that exact evidence decides and that is not linked; two identities taken for
 * one. Pure.
 */
import type { Resolved } from './run.ts';
import { type Answer, isGuessed, isWrong } from './score.ts';
import type { Truth } from './truth.ts';

/** What a score is made of. */
export const answerOf = ({ status, recordId, contested }: Resolved): Answer => ({
  status,
  recordId,
  inReview: contested,
});

/** Every case, in a sentence each; `resolved` in the order of the truths. */
export function failuresOf(truths: readonly Truth[], resolved: readonly Resolved[]): string[] {
  return [
    ...truths.flatMap((truth, index) => failureOf(truth, resolved[index])),
    ...mergedStrangers(truths, resolved),
  ];
}

function failureOf(truth: Truth, resolved: Resolved | undefined): string[] {
  const { identity, holders, ownRecords, isDecidable, isMisled } = truth;
  const named = `${identity.stratum} ${identity.namings.map(({ text }) => text).join(' ')}`;
  if (resolved === undefined || resolved.participantIds.length === 0)
    return [`${named}: nobody has been named so`];
  const { status, recordId } = resolved;
  const answer = answerOf(resolved);
  if (identity.internal && status !== 'internal') return [`${named}: is the team's, and is ${status}`];
  if (isGuessed(truth, answer)) return [`${named}: linked to ${recordId}, of ${holders.join(', ')}: a guess`];
  if (isWrong(truth, answer) && !isMisled && !resolved.contested) {
    return [`${named}: wrongly linked to ${recordId}, held by ${holders.join(', ') || 'no record'}`];
  }
  if (isDecidable && !ownRecords.has(recordId ?? '')) {
    const split =
      resolved.participantIds.length > 1 ? `, and is ${resolved.participantIds.length} participants` : '';
    return [`${named}: is ${status}, though ${holders.join(', ')} alone holds it${split}`];
  }
  return [];
}

/** Two identities of the population are never one participant. */
function mergedStrangers(truths: readonly Truth[], resolved: readonly Resolved[]): string[] {
  const first = new Map<string, Truth>();
  return resolved.flatMap(({ participantIds }, index) =>
    participantIds.flatMap((participantId) => {
      const truth = truths[index];
      const other = first.get(participantId);
      if (truth !== undefined && other === undefined) first.set(participantId, truth);
      if (truth === undefined || other === undefined) return [];
      const texts = [other, truth].map(({ identity }) => identity.namings[0]?.text ?? '');
      return [`${truth.identity.stratum} ${texts.join(' and ')}: are one participant`];
    }),
  );
}
