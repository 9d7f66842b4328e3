/*
 * One entry of `messages` or `message_echoes`: what somebody wrote, or what happened to something written.
 *
 * What is not known is a message all the same, with its type for a text: somebody wrote it, and its raw body is kept.
 */
import { type DeliveredMessage, textCharsMax } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { field, instantOfSeconds, isSet, objectOf, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { directWith, groupOn, idOf, madeId } from '../chat/conversations.ts';
import { ignored } from '../chat/items.ts';
import { contentOf, shownContentOf, typeOf } from './content.ts';
import { partiesOf, type Surroundings } from './parties.ts';
import { readSystemMessage } from './relations.ts';

type MessageReader = (message: unknown, around: Surroundings) => ParsedItem;

const readers: ReadonlyMap<string, MessageReader> = new Map<string, MessageReader>([
  ['reaction', readReaction],
  ['edit', readEdit],
  ['revoke', readRevoke],
  ['system', readSystemMessage],
  ['request_welcome', () => ignored('not_a_conversation_event', 'message type "request_welcome"')],
]);

/** The item that an entry is. */
export function readMessage(entry: unknown, around: Surroundings): ParsedItem {
  if (objectOf(entry) === null) return ignored('nothing_for_us', 'a message that is no object');
  const message = unwrapped(entry);
  const reader = readers.get(typeOf(message)) ?? readWritten;
  return reader(message, around);
}

/** Echoes of what another app sends hold the request that it made: the message without its author. */
function unwrapped(entry: unknown): unknown {
  const request = objectOf(field(entry, 'message'));
  if (request === null || textOf(field(entry, 'type')) !== null) return entry;
  return { ...request, ...objectOf(entry) };
}

function readWritten(message: unknown, around: Surroundings): ParsedMessage {
  const { line } = around;
  const { byAccount, contact, groupId, participants } = partiesOf(message, around);
  const { text, attachments } = shownContentOf(message);
  const externalId = idOf(field(message, 'id')) ?? idWithout(message, line.id, text);
  return {
    kind: 'message',
    externalId,
    conversation: groupId === null ? directWith(line.id, contact, externalId) : groupOn(line.id, groupId),
    participants,
    subject: null,
    text: cleanText(text, textCharsMax),
    repliesTo: answeredBy(message, externalId),
    ...(byAccount ? { byAccount } : {}),
    html: null,
    attachments,
    sentAt: atOf(message),
    ...marksOf(message),
  };
}

/** Meta gives every message an id; one that came without keeps apart from others by what it says. */
function idWithout(message: unknown, line: string, text: string): string {
  const written = ['from', 'from_user_id', 'to', 'to_user_id', 'timestamp', 'type'];
  return madeId(line, ...written.map((key) => textOf(field(message, key))), text);
}

/** Nothing answers itself. */
function answeredBy(message: unknown, ownId: string): string | null {
  const context = field(message, 'context');
  const answered = idOf(field(context, 'id')) ?? idOf(field(context, 'message_id'));
  return answered === ownId ? null : answered;
}

function marksOf(message: unknown): Pick<DeliveredMessage, 'marks'> {
  const context = field(message, 'context');
  const isForwarded = isSet(field(context, 'forwarded')) || isSet(field(context, 'frequently_forwarded'));
  return isForwarded ? { marks: ['forwarded'] } : {};
}

function readReaction(message: unknown, around: Surroundings): ParsedItem {
  const messageId = idOf(field(message, 'reaction', 'message_id'));
  if (messageId === null) return ignored('nothing_for_us', 'a reaction to no message');
  const { byAccount, author } = partiesOf(message, around);
  const { identifiers, displayName } = author;
  if (identifiers.length === 0) return ignored('nothing_for_us', 'a reaction of nobody that can be read');
  return {
    kind: 'reaction',
    messageId,
    person: { identifiers, displayName, ...(byAccount ? { own: true } : {}) },
    // Taken back: empty, or left out.
    emoji: textOf(cleanText(textOf(field(message, 'reaction', 'emoji')) ?? '', 100)),
    at: atOf(message),
  };
}

function readEdit(message: unknown): ParsedItem {
  const messageId = idOf(field(message, 'edit', 'original_message_id'));
  if (messageId === null) return ignored('nothing_for_us', 'an edit of no message');
  const { text } = contentOf(field(message, 'edit', 'message'));
  const at = atOf(message);
  return {
    kind: 'edit',
    messageId,
    editId: idOf(field(message, 'id')) ?? madeId(messageId, at, text),
    text: cleanText(text, textCharsMax),
    at,
  };
}

function readRevoke(message: unknown): ParsedItem {
  const messageId = idOf(field(message, 'revoke', 'original_message_id'));
  if (messageId === null) return ignored('nothing_for_us', 'a deletion of no message');
  return { kind: 'deletion', messageId, at: atOf(message) };
}

function atOf(message: unknown): string | null {
  return instantOfSeconds(field(message, 'timestamp'));
}
