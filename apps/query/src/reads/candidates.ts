/*
 * The candidates of participants: the records between which nothing decides. Which they are is kept with the
 * participant, at most a hundred; what speaks for each is read as it is now.
 */
import type { Candidate } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { countHolders, type EvidenceByPair, pairKey } from './evidence.ts';
import type { Titles } from './titles.ts';

/** As many as are kept with a participant; where it is that many there may be more. */
const candidatesKeptMax = 100;

/** How many candidates a participant has, also where more hold its identifier than are kept. */
export async function countCandidates(
  db: Rows,
  workspace: string,
  participant: { id: string; recordId: string | null; candidates: readonly string[] },
): Promise<number> {
  const { length } = participant.candidates;
  if (length < candidatesKeptMax) return length;
  return Math.max(length, await countHolders(db, workspace, participant));
}

/** Candidates of one participant with their titles and what speaks for each. */
export function toCandidates(
  participantId: string,
  recordIds: readonly string[],
  known: { evidence: EvidenceByPair; titles: Titles },
): Candidate[] {
  return recordIds.map((recordId) => ({
    recordId,
    title: known.titles.get(recordId) ?? null,
    evidence: known.evidence.get(pairKey({ participantId, recordId })) ?? [],
  }));
}
