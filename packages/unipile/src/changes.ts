/*
 * What becomes of a message: edits, deletions, reactions, and how far it came.
 *
 * v1 posts the whole message with each of them, v2 mostly its id. In v1 `is_sender` tells who wrote the message,
 * never who reacted or read.
 */
import type { DeliveredPerson, Identifier, MessageStatus } from '@kith/contracts';
import { cutText } from '@kith/ingest/clean-text';
import { field, firstText, isSet, listOf, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import type { ChatChannel } from './chat-channel.ts';
import type { UnipileEvent } from './events.ts';
import { hashOf, messageIdOf } from './ids.ts';
import { happenedAt, ignored, unreadable } from './items.ts';
import { readMessage, textOfEvent } from './message.ts';
import { readAccount } from './participants.ts';
import { gatherPeople, isIdentifying } from './people.ts';
import { readPerson } from './person.ts';

/** `message_edited`, `message.update`. v2 posts an update also for what is no edit: then it is the message again. */
export function readEdit(channel: ChatChannel, event: UnipileEvent): ParsedItem {
  const { payload, version } = event;
  const isDeleted = isSet(field(payload, 'is_deleted')) || isSet(field(payload, 'deleted'));
  const isNoEdit = version === 'v2' && isToldFalse(field(payload, 'is_edited'));
  if (isDeleted || isNoEdit) return readMessage(channel, event);
  const messageId = messageIdOf(event);
  if (messageId === null) return unreadable(event, 'no message id');
  const text = textOfEvent(event);
  if (text === null) return ignored(event, 'nothing_for_us', 'no text');
  const at = happenedAt(event, 'edited_at', 'updated_at');
  return { kind: 'edit', messageId, editId: hashOf(messageId, at, text), text, at };
}

/** `message_deleted`, `message.delete`. */
export function readDeletion(_: ChatChannel, event: UnipileEvent): ParsedItem {
  const messageId = messageIdOf(event);
  if (messageId === null) return unreadable(event, 'no message id');
  return { kind: 'deletion', messageId, at: happenedAt(event, 'deleted_at') };
}

/** `message_reaction`, `message.reaction.new`; `isRemoved` for `message.reaction.delete`. */
export function readReaction(channel: ChatChannel, event: UnipileEvent, isRemoved = false): ParsedItem {
  const told = field(event.payload, 'reaction');
  const messageId = messageIdOf(event);
  if (messageId === null) return unreadable(event, 'no message id');
  const person = reactorOf(channel, event);
  if (person === null) return ignored(event, 'nothing_for_us', 'by somebody unknown');
  const emoji = textOf(told) ?? firstText(told, 'value', 'emoji', 'reaction');
  return {
    kind: 'reaction',
    messageId,
    person,
    // v1 tells one that was taken back by an empty text or none.
    emoji: isRemoved ? null : cut(emoji, 100),
    at: happenedAt(event, 'reacted_at'),
  };
}

/** `message_read`, `message_delivered`, `message_failed`, `message.receipt.read`, `message.receipt.delivery`. */
export function readStatus(channel: ChatChannel, event: UnipileEvent, status: MessageStatus): ParsedItem {
  const { payload } = event;
  const messageId = messageIdOf(event);
  if (messageId === null) return unreadable(event, 'no message id');
  if (isToldFalse(field(payload, 'is_sender'))) {
    return ignored(event, 'nothing_for_us', 'the message came from the other side');
  }
  const failure =
    firstText(payload, 'error', 'reason', 'detail') ??
    firstText(field(payload, 'error'), 'message', 'detail');
  return {
    kind: 'status',
    messageId,
    status,
    recipient: readerOf(channel, event),
    at: happenedAt(event, 'read_at', 'delivered_at', 'timestamp'),
    detail: status === 'failed' ? cut(failure, 1000) : null,
  };
}

function readerOf(channel: ChatChannel, { payload }: UnipileEvent): Identifier | null {
  const told = field(payload, 'read_by') ?? field(payload, 'user') ?? field(payload, 'user_id');
  const readers = Array.isArray(told) ? listOf(told) : [told];
  if (readers.length > 1) return null;
  const reader = readPerson(readers[0]);
  if (reader === null) return null;
  return channel.identifiersOf(reader).find((found) => isIdentifying(channel, found)) ?? null;
}

function reactorOf(channel: ChatChannel, event: UnipileEvent): DeliveredPerson | null {
  const { payload } = event;
  const reaction = field(payload, 'reaction');
  const reactor = readPerson(field(payload, 'reaction_sender') ?? field(reaction, 'sender'));
  if (reactor === null) return null;
  const people = gatherPeople(channel);
  const account = readAccount(event);
  if (account !== null) people.add(account, true);
  const { identifiers, displayName, isOwn } = people.add(reactor, isSet(field(reaction, 'is_sender')));
  if (identifiers.length === 0) return null;
  const person = { identifiers: [...identifiers], displayName };
  return isOwn ? { ...person, own: true } : person;
}

function cut(text: string | null, charsMax: number): string | null {
  return text === null ? null : cutText(text, charsMax);
}

function isToldFalse(value: unknown): boolean {
  return value !== undefined && value !== null && !isSet(value);
}
