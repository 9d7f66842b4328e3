/*
 * The messages of a batch, from copies to rows: which conversation each belongs to, the messages themselves, and who
 * is named by them. What lists show of them comes after, when everything that the batch says is in its place.
 */
import type { Tx } from '@kith/database';
import type { BatchMessage } from './batch-messages.ts';
import { type BatchConversations, placeConversations } from './conversations.ts';
import type { MessageCopy } from './lay-out.ts';
import { findMessages, insertSightings, writeMessages } from './messages.ts';
import type { BatchParticipants } from './participants.ts';
import { addNames, insertPeople } from './people.ts';

/** What a batch's messages became. */
export interface PlacedMessages {
  conversations: BatchConversations;
  /** Not stored before. */
  fresh: readonly BatchMessage[];
  /** Stored before without anything in it, and with something now. */
  filled: readonly BatchMessage[];
  /** Conversations of messages whose time changed. */
  moved: readonly string[];
  /** How many new messages each conversation of the batch has, 0 after a merge alone. */
  gained: ReadonlyMap<string, number>;
  /** How many times more each identifier is named, by its id. */
  named: ReadonlyMap<string, number>;
}

const noMessages: PlacedMessages = {
  conversations: { ofMessage: new Map(), created: [], merges: [] },
  fresh: [],
  filled: [],
  moved: [],
  gained: new Map(),
  named: new Map(),
};

/** Writes the messages of the copies. */
export async function applyMessages(
  tx: Tx,
  copies: readonly MessageCopy[],
  { identities }: BatchParticipants,
): Promise<PlacedMessages> {
  if (copies.length === 0) return noMessages;
  const messages = await findMessages(tx, copies);
  const conversations = await placeByChannel(tx, copies);
  const place = { identities, conversationIds: conversations.ofMessage };
  await writeMessages(tx, messages, place);
  const named = await insertPeople(tx, copies, place);
  await addNames(tx, messages.repeated, place);
  await insertSightings(tx, copies);
  return {
    conversations,
    fresh: messages.fresh,
    filled: messages.filled,
    moved: conversationsOf(messages.moved, conversations),
    gained: gainedBy(conversations, messages.fresh),
    named,
  };
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
