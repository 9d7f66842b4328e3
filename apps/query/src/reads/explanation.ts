/*
 * Why a participant is linked, or is not (Invariant 5): the evidence as it is now, the records between which nothing
 * decides, what people ruled out, what may be meant, and the history. The number of statements does not depend on
 * how much there is.
 */
import type { Candidate, Explanation, Identifier } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { summarize } from '../words/summary.ts';
import { countCandidates, toCandidates } from './candidates.ts';
import { type EvidenceByPair, pairKey, readEvidence } from './evidence.ts';
import { type HistoryRow, readHistory, recordsIn, toEntry } from './history.ts';
import { type Decision, readDecisions } from './decisions.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';
import { findParticipant, identifiersOfParticipant } from './participant.ts';
import { readSuggestions } from './suggestions.ts';
import { readTitles, type Titles } from './titles.ts';

type Subject = ParticipantRow & { manual: boolean; candidates: string[]; identifiers: Identifier[] };

const candidatesShownMax = 50;

/** The explanation of a participant, or of what it became by merging. Throws `participant_not_found`. */
export async function readExplanation(
  db: Rows,
  workspace: string,
  participantId: string,
): Promise<Explanation> {
  const subject = await findParticipant<Subject>(
    db,
    { workspace, participantId },
    sql`
    ${participantColumns}, p.manual, p.candidates, ${identifiersOfParticipant} as identifiers`,
  );
  const { id, recordId } = subject;
  const shown = subject.candidates.slice(0, candidatesShownMax);
  const holders = recordId === null ? shown : [recordId, ...shown];
  const [evidence, candidateCount, decisions, history, suggestions] = await Promise.all([
    readEvidence(
      db,
      workspace,
      holders.map((holder) => ({ participantId: id, recordId: holder })),
    ),
    countCandidates(db, workspace, subject),
    readDecisions(db, workspace, id),
    readHistory(db, workspace, id),
    readSuggestions(db, workspace, [id]),
  ]);
  const titles = await readTitles(db, workspace, [
    ...holders,
    ...decisions.map((decision) => decision.recordId),
    ...history.flatMap(recordsIn),
  ]);
  return toExplanation(subject, {
    evidence,
    candidates: toCandidates(id, shown, { evidence, titles }),
    candidateCount,
    decisions,
    history,
    suggestions: suggestions.get(id) ?? [],
    titles,
  });
}

interface Known {
  evidence: EvidenceByPair;
  candidates: Candidate[];
  candidateCount: number;
  decisions: readonly Decision[];
  history: readonly HistoryRow[];
  suggestions: Explanation['suggestions'];
  titles: Titles;
}

function toExplanation(subject: Subject, known: Known): Explanation {
  const { id, status, recordId, method, confidence, contested } = subject;
  const answer = {
    status,
    recordId,
    method,
    confidence,
    evidence: recordId === null ? [] : (known.evidence.get(pairKey({ participantId: id, recordId })) ?? []),
    candidates: known.candidates,
    candidateCount: known.candidateCount,
  };
  const rejected = rejections(known, recordId);
  const summary = summarize({
    ...answer,
    nature: subject.nature,
    identifiers: subject.identifiers,
    title: recordId === null ? null : (known.titles.get(recordId) ?? null),
    decision: subject.manual ? madeBy(subject, known.decisions) : null,
    rejected,
  });
  return {
    participantId: id,
    ...answer,
    contested,
    summary,
    rejected,
    suggestions: known.suggestions,
    history: known.history.map((row) => toEntry(row, known.titles)),
  };
}

/** A record that it is linked to now is not ruled out, whatever was said of it before. */
function rejections({ decisions, titles }: Known, recordId: string | null): Explanation['rejected'] {
  return decisions
    .filter((decision) => decision.verdict === 'is_not' && decision.recordId !== recordId)
    .map(({ recordId: ruledOut, actor, at }) => ({
      recordId: ruledOut,
      title: titles.get(ruledOut) ?? null,
      actor,
      at,
    }));
}

/** The person's word behind a link that a person made. A word about a record that was merged names that one. */
function madeBy(
  { recordId, resolvedAt }: Subject,
  decisions: readonly Decision[],
): { at: string | null; keyName: string | null } {
  const words = decisions.filter((decision) => decision.verdict === 'is');
  const word = words.find((decision) => decision.recordId === recordId) ?? words[0];
  return word ?? { at: resolvedAt, keyName: null };
}
