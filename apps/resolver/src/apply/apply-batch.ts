/*
 * One batch of one workspace, from deliveries to rows, in one transaction.
 *
 * The steps read top to bottom: who is named, which conversation, the messages, what lists show of them, who belongs
 * to which record, what to tell others, and the accounting. Every step is a fixed number of statements.
 */
import type { Fact } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { writeFacts } from '../outbox/outbox.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { findUnrecorded, type Outcome, recordOutcomes, type Settled } from './accounting.ts';
import { type BatchConversations, placeConversations } from './conversations.ts';
import type { Arrived } from './decode.ts';
import { identifierKey, type MessageCopy, messageCopies } from './items.ts';
import { findNew, insertMessages, insertPeople, insertSightings } from './messages.ts';
import { type BatchParticipants, upsertParticipants } from './participants.ts';
import { refreshConversations, refreshRecords } from './refresh.ts';

/** Applies the deliveries, and answers how each of their items ended. A delivery seen before is left out. */
export async function applyBatch(tx: Tx, batch: readonly Arrived[], at: string): Promise<Settled[]> {
  const deliveries = await findUnrecorded(tx, batch);
  if (deliveries.length === 0) return [];
  const copies = messageCopies(tx.workspace, deliveries);
  const fresh = copies.length === 0 ? [] : await applyMessages(tx, copies, at);
  const settled = settle(deliveries, copies, new Set(fresh));
  await recordOutcomes(tx, settled);
  return settled;
}

async function applyMessages(tx: Tx, copies: readonly MessageCopy[], at: string): Promise<MessageCopy[]> {
  const fresh = await findNew(tx, copies);
  const participants = await upsertParticipants(tx, copies);
  const conversations = await placeByChannel(tx, copies);
  const place = { participantIds: participants.ids, conversationIds: conversations.ofMessage };
  await insertMessages(tx, fresh, place);
  await insertPeople(tx, copies, place);
  await insertSightings(tx, copies);
  await refreshConversations(tx, gainedBy(conversations, fresh));
  await resolveNamed(tx, copies, participants, at);
  const activity = await refreshRecords(
    tx,
    fresh.map((copy) => copy.messageId),
  );
  const facts = [...newFacts(participants, conversations), ...messageFacts(fresh, conversations)];
  const told = activity.map((found): Fact => ({
    type: 'record.activity',
    data: { ...found, reason: 'message' },
  }));
  await writeFacts(tx, [...facts, ...told], at);
  return fresh;
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
function gainedBy(conversations: BatchConversations, fresh: readonly MessageCopy[]): Map<string, number> {
  const gained = new Map([...conversations.ofMessage.values()].map((id) => [id, 0]));
  for (const copy of fresh) {
    const id = conversations.ofMessage.get(copy.messageId) ?? '';
    gained.set(id, (gained.get(id) ?? 0) + 1);
  }
  return gained;
}

/**
 * A webhook is stronger evidence than history, so whoever a webhook names is resolved as named by a webhook; those
 * only named by history as such.
 */
async function resolveNamed(
  tx: Tx,
  copies: readonly MessageCopy[],
  participants: BatchParticipants,
  at: string,
): Promise<void> {
  const named = (origin: string) =>
    copies
      .filter((copy) => copy.arrived.delivery.origin === origin)
      .flatMap(({ item, arrived }) =>
        item.participants.flatMap(({ identifiers: [first] }) =>
          first === undefined ? [] : [participants.ids.get(identifierKey(arrived.delivery.channel, first))],
        ),
      )
      .filter((id) => id !== undefined);
  const byWebhook = new Set(named('webhook'));
  const bySync = new Set(named('sync').filter((id) => !byWebhook.has(id)));
  await resolveParticipants(tx, [...byWebhook], { cause: 'webhook', at });
  await resolveParticipants(tx, [...bySync], { cause: 'sync', at });
}

function newFacts(participants: BatchParticipants, conversations: BatchConversations): Fact[] {
  return [
    ...participants.created.map(({ id, channel }): Fact => ({
      type: 'participant.created',
      data: { participantId: id, channel },
    })),
    ...conversations.created.map(({ id, channel }): Fact => ({
      type: 'conversation.created',
      data: { conversationId: id, channel },
    })),
    ...conversations.merges.flatMap(({ into, from }) =>
      from.map((id): Fact => ({
        type: 'conversation.merged',
        data: { conversationId: into, mergedConversationId: id },
      })),
    ),
  ];
}

function messageFacts(fresh: readonly MessageCopy[], conversations: BatchConversations): Fact[] {
  return fresh.map(({ messageId, arrived: { delivery } }) => ({
    type: 'message.recorded',
    data: {
      messageId,
      conversationId: conversations.ofMessage.get(messageId) ?? '',
      channel: delivery.channel,
      origin: delivery.origin,
    },
  }));
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
