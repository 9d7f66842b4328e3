/*
 * What people say of participants: it is this record, or it is not. A person's word stands above every rule
 * (Invariant 4): it is kept as a decision of its own, and the link is what the rule makes of it.
 *
 * Any number of words is one call: all of them are taken, or none.
 */
import type { LinkAction } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { decide } from '../resolve/decide.ts';
import { loadFacts, type ParticipantFacts } from '../resolve/facts.ts';
import { type LinkChange, writeLinks } from '../resolve/links.ts';
import { readReplaced, type StoredDecision, type Word, writeDecisions } from './decision-rows.ts';

/** Who decides, and when. */
export interface Stamp {
  actor: string;
  at: string;
}

/** What a person's word did to a participant, and its entry in the history. */
export interface Decided {
  participantId: string;
  before: LinkChange['before'];
  after: LinkChange['after'];
  eventId: number;
}

/** Takes the words, each about another participant, and answers those that were not said already. */
export async function takeWords(
  tx: Tx,
  words: readonly Word[],
  stamp: Stamp & { undoes?: number },
): Promise<Decided[]> {
  const replaced = await readReplaced(tx, words);
  const known = byParticipant(
    await loadFacts(
      tx,
      words.map(({ participantId }) => participantId),
    ),
  );
  const news = words.filter((word) => !isSaid(word, known.get(word.participantId), replaced));
  if (news.length === 0) return [];
  await writeDecisions(tx, news, stamp);
  const decided = byParticipant(
    await loadFacts(
      tx,
      news.map(({ participantId }) => participantId),
    ),
  );
  const changes = news.flatMap((word): LinkChange[] => {
    const facts = decided.get(word.participantId);
    if (facts === undefined) return [];
    const decisions = replaced.get(word.participantId) ?? [];
    return [{ ...changeBy(word, facts), ...originOf(stamp), restores: { decisions } }];
  });
  const entries = await writeLinks(tx, changes, stamp.at);
  return changes.map(({ participantId, before, after }) => ({
    participantId,
    before,
    after,
    eventId: entries.get(participantId) ?? 0,
  }));
}

function changeBy(word: Word, facts: ParticipantFacts) {
  const { participantId, current: before, evidence } = facts;
  return { participantId, before, after: decide(facts, 'person'), evidence, ...actionOf(word, facts) };
}

function originOf({ actor, undoes }: Stamp & { undoes?: number }) {
  if (undoes === undefined) return { actor, reason: 'person' as const };
  return { actor, reason: 'undo' as const, undoes };
}

/** Ruling out a record that is not linked may leave everything as it is, and is an entry all the same. */
function actionOf(word: Word, { current }: ParticipantFacts): { action?: LinkAction } {
  const rulesOutAnother = word.verdict === 'is_not' && current.recordId !== word.recordId;
  return rulesOutAnother ? { action: 'rejected' } : {};
}

/** Whether the very same was said before: saying it again is nothing new. */
function isSaid(
  word: Word,
  facts: ParticipantFacts | undefined,
  replaced: ReadonlyMap<string, readonly StoredDecision[]>,
): boolean {
  if (facts === undefined) return true;
  const { current, decision } = facts;
  if (word.verdict === 'is') {
    const { recordId, method, confidence } = decision ?? {};
    return recordId === word.recordId && method === word.method && confidence === word.confidence;
  }
  const before = replaced.get(word.participantId)?.find(({ recordId }) => recordId === word.recordId);
  return before?.stored?.verdict === 'is_not' && current.recordId !== word.recordId;
}

function byParticipant(facts: readonly ParticipantFacts[]): Map<string, ParticipantFacts> {
  return new Map(facts.map((found) => [found.participantId, found]));
}
