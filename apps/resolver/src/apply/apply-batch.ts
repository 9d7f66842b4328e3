/*
 * One batch of one workspace, from deliveries to rows, in one transaction.
 *
 * The steps read top to bottom: who is named, the messages, what is told of messages and people besides, what lists
 * show of them, who belongs to which record, what to tell others, and the accounting. Every step is a fixed number of
 * statements, and none for what the batch does not hold.
 */
import type { Tx } from '@kith/database';
import { learnOwn } from '../accounts/learn-own.ts';
import { writeFacts } from '../outbox/outbox.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { refreshMessageSearch } from '../search/message-words.ts';
import { findUnrecorded, recordOutcomes, type Settled } from './accounting.ts';
import { applyMessages, type PlacedMessages } from './apply-messages.ts';
import { batchFacts } from './batch-facts.ts';
import { askForFiles } from './ask-for-files.ts';
import { peopleIn } from './batch-people.ts';
import { applyChanges, type BatchChanges } from './changes/apply-changes.ts';
import { changedPlaces } from './changes/change-facts.ts';
import type { Arrived } from './decode.ts';
import { type BatchItems, layOut, type Said } from './lay-out.ts';
import { type BatchParticipants, upsertParticipants } from './participants.ts';
import {
  type RecordConversation,
  refreshConversations,
  refreshMoved,
  refreshPeople,
  refreshRecords,
} from './refresh.ts';
import { keepRelations } from './relations.ts';
import { settle } from './settle.ts';

/** Applies the deliveries, and answers how each of their items ended. A delivery seen before is left out. */
export async function applyBatch(tx: Tx, batch: readonly Arrived[], at: string): Promise<Settled[]> {
  const deliveries = await findUnrecorded(tx, batch);
  if (deliveries.length === 0) return [];
  const items = layOut(tx.workspace, deliveries);
  const settled = settle(items, await applyItems(tx, items, at));
  await recordOutcomes(tx, settled);
  return settled;
}

/** Applies deliveries that were recorded before, and counts nothing: what was read again of a dead letter. */
export async function applyAgain(tx: Tx, batch: readonly Arrived[], at: string): Promise<Settled[]> {
  const items = layOut(tx.workspace, batch);
  return settle(items, await applyItems(tx, items, at));
}

/** Answers the items that told something new. */
async function applyItems(tx: Tx, items: BatchItems, at: string): Promise<ReadonlySet<Said>> {
  const participants = await upsertParticipants(tx, peopleIn(items), at);
  const messages = await applyMessages(tx, items.copies, participants);
  const changes = await applyChanges(tx, items, {
    identities: participants.identities,
    fresh: new Set(messages.fresh.map(({ copy }) => copy.messageId)),
  });
  await askForFiles(tx, items.copies);
  const relations = await keepRelations(tx, items.relations, participants);
  await refreshShown(tx, messages, changes);
  await refreshWords(tx, items, changes);
  await resolvePeople(tx, participants, at);
  const records = await refreshTouched(tx, messages, changes);
  await writeFacts(tx, batchFacts({ participants, messages, changes, records }), at);
  return new Set([...messages.fresh.map(({ copy }) => copy), ...changes.news, ...relations]);
}

/** Brings what lists show of conversations and people in step with their messages. */
async function refreshShown(tx: Tx, messages: PlacedMessages, changes: BatchChanges): Promise<void> {
  const rewritten = rewrittenIn(changes);
  await refreshConversations(
    tx,
    new Map([...rewritten.map(({ conversationId }) => [conversationId, 0] as const), ...messages.gained]),
  );
  await refreshPeople(tx, [...messages.gained.keys()], messages.named);
  await refreshMoved(tx, messages.moved);
}

/** Also of a message that only comes again: another copy may name somebody more. */
async function refreshWords(tx: Tx, items: BatchItems, changes: BatchChanges): Promise<void> {
  await refreshMessageSearch(
    tx,
    [...items.copies, ...rewrittenIn(changes)].map(({ messageId }) => messageId),
  );
}

const rewrittenIn = ({ refreshed }: BatchChanges) =>
  refreshed.filter(({ isEdited, isDeleted }) => isEdited || isDeleted);

/** The records of the conversations with anything new in them. */
function refreshTouched(
  tx: Tx,
  messages: PlacedMessages,
  changes: BatchChanges,
): Promise<RecordConversation[]> {
  const changed = changedPlaces(changes).map(({ conversationId }) => conversationId);
  return refreshRecords(tx, [...new Set([...messages.gained.keys(), ...changed])]);
}

/**
 * Everybody whom the batch names, and who turns out to be the company itself. What links them follows from where each
 * identifier was named, ever; the reason is for the history, which says webhook where a webhook named them.
 */
async function resolvePeople(tx: Tx, participants: BatchParticipants, at: string): Promise<void> {
  const { byWebhook, bySync, gained, own } = participants;
  await learnOwn(tx, own);
  await resolveParticipants(tx, [...byWebhook], { reason: 'webhook', at, gained });
  await resolveParticipants(tx, [...bySync], { reason: 'sync', at, gained });
}
