/*
 * One batch of one workspace, from deliveries to rows, in one transaction.
 *
 * The steps read top to bottom: who is named, which conversation, the messages, what lists show of them, who belongs
 * to which record, what to tell others, and the accounting. Every step is a fixed number of statements.
 */
import type { Tx } from '@kith/database';
import { writeFacts } from '../outbox/outbox.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { findUnrecorded, type Outcome, recordOutcomes, type Settled } from './accounting.ts';
import { batchFacts } from './batch-facts.ts';
import type { BatchMessage } from './batch-messages.ts';
import { type BatchConversations, placeConversations } from './conversations.ts';
import type { Arrived } from './decode.ts';
import { type MessageCopy, messageCopies } from './items.ts';
import { findMessages, insertSightings, writeMessages } from './messages.ts';
import { type BatchParticipants, upsertParticipants } from './participants.ts';
import { addNames, insertPeople } from './people.ts';
import { refreshConversations, refreshMoved, refreshPeople, refreshRecords } from './refresh.ts';

/** Applies the deliveries, and answers how each of their items ended. A delivery seen before is left out. */
export async function applyBatch(tx: Tx, batch: readonly Arrived[], at: string): Promise<Settled[]> {
  const deliveries = await findUnrecorded(tx, batch);
  if (deliveries.length === 0) return [];
  const copies = messageCopies(tx.workspace, deliveries);
  const fresh = copies.length === 0 ? [] : await applyMessages(tx, copies, at);
  const settled = settle(deliveries, copies, new Set(fresh.map(({ copy }) => copy)));
  await recordOutcomes(tx, settled);
  return settled;
}

/** Answers the messages that were not stored before. */
async function applyMessages(tx: Tx, copies: readonly MessageCopy[], at: string): Promise<BatchMessage[]> {
  const messages = await findMessages(tx, copies);
  const participants = await upsertParticipants(tx, copies, at);
  const conversations = await placeByChannel(tx, copies);
  const place = { identities: participants.identities, conversationIds: conversations.ofMessage };
  await writeMessages(tx, messages, place);
  const named = await insertPeople(tx, copies, place);
  await addNames(tx, messages.repeated, place);
  await insertSightings(tx, copies);
  const gained = gainedBy(conversations, messages.fresh);
  const touched = [...gained.keys()];
  await refreshConversations(tx, gained);
  await refreshPeople(tx, touched, named);
  await refreshMoved(tx, conversationsOf(messages.moved, conversations));
  await resolveNamed(tx, participants, at);
  const records = await refreshRecords(tx, touched);
  await writeFacts(tx, batchFacts({ participants, conversations, fresh: messages.fresh, records }), at);
  return messages.fresh;
}

async function placeByChannel(tx: Tx, copies: readonly MessageCopy[]): Promise<BatchConversations> {
  const channels = [...new Set(copies.map((copy) => copy.arrived.delivery.channel))].toSorted();
  const ofMessage = new Map<string, string>();
  const all: BatchConversations = { ofMessage, created: [], merges: [] };
  for (const channel of channels) {
    const ofChannel = copies.filter((copy) => copy.arrived.delivery.channel === channel);
    const placed = await placeConversations(tx, channel, ofChannel);
    for (const [messageId, conversationId] of placed.ofMessage) ofMessage.set(messageId, conversationId);
    all.created.push(...placed.created);
    all.merges.push(...placed.merges);
  }
  return all;
}

/** Every conversation of the batch with its number of new messages. */
function gainedBy(conversations: BatchConversations, fresh: readonly BatchMessage[]): Map<string, number> {
  const gained = new Map([...conversations.ofMessage.values()].map((id) => [id, 0]));
  for (const { copy } of fresh) {
    const id = conversations.ofMessage.get(copy.messageId) ?? '';
    gained.set(id, (gained.get(id) ?? 0) + 1);
  }
  return gained;
}

function conversationsOf(messages: readonly BatchMessage[], { ofMessage }: BatchConversations): string[] {
  return [...new Set(messages.map(({ copy }) => ofMessage.get(copy.messageId) ?? ''))];
}

/**
 * Everybody whom the batch names. What links them follows from where each identifier was named, ever; the reason is
 * for the history, which says webhook where a webhook named them.
 */
async function resolveNamed(tx: Tx, participants: BatchParticipants, at: string): Promise<void> {
  const { byWebhook, bySync, gained } = participants;
  await resolveParticipants(tx, [...byWebhook], { reason: 'webhook', at, gained });
  await resolveParticipants(tx, [...bySync], { reason: 'sync', at, gained });
}

function settle(
  deliveries: readonly Arrived[],
  copies: readonly MessageCopy[],
  fresh: ReadonlySet<MessageCopy>,
): Settled[] {
  const copyOf = new Map(copies.map((copy) => [`${copy.arrived.delivery.id} ${copy.itemIndex}`, copy]));
  return deliveries.map((arrived) => {
    const details = new Map<number, string>();
    const outcomes = arrived.delivery.items.map((item, index): Outcome => {
      if (item.kind === 'ignored') return { outcome: 'ignored', reason: item.reason };
      if (item.kind === 'unreadable') {
        details.set(index, item.detail);
        return { outcome: 'dead_lettered', reason: item.reason };
      }
      const copy = copyOf.get(`${arrived.delivery.id} ${index}`);
      const stored = copy !== undefined && fresh.has(copy);
      return { outcome: stored ? 'stored' : 'duplicate', messageId: copy?.messageId ?? '' };
    });
    return { arrived, outcomes, details };
  });
}
