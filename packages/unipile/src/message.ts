/*
 * `message_received` and `message.new`: a message in a chat, sent by whomever.
 *
 * What a network shows between messages comes by the same events: who joined a group, a missed call (`is_event`),
 * what the apps hide (`is_hidden`). It is no message. A message that is deleted by the time it is told is a deletion.
 */
import { cutText } from '@kith/ingest/clean-text';
import { field, firstText, isSet, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { attachmentsOf, isFile, sharedText, toRemote } from './attachments.ts';
import { readChat } from './chat.ts';
import type { ChatChannel } from './chat-channel.ts';
import type { UnipileEvent } from './events.ts';
import { messageIdOf, quotedIdOf } from './ids.ts';
import { happenedAt, ignored, instantIn, unreadable } from './items.ts';
import { readChatPeople } from './participants.ts';

/** Reads a message. */
export function readMessage(channel: ChatChannel, event: UnipileEvent): ParsedItem {
  const { payload } = event;
  const id = messageIdOf(event);
  const chat = readChat(channel, event);
  if (chat?.meaning.names === 'broadcast') return ignored(event, 'not_a_conversation_event', 'a broadcast');
  if (isSet(field(payload, 'is_event'))) {
    const type = textOf(field(payload, 'event_type'));
    return ignored(event, 'not_a_conversation_event', `of type ${type ?? 'unknown'}`);
  }
  if (isAnySet(payload, 'is_hidden', 'hidden')) return ignored(event, 'not_a_conversation_event', 'hidden');
  if (id === null) return unreadable(event, 'no message id');
  if (isAnySet(payload, 'is_deleted', 'deleted')) {
    return { kind: 'deletion', messageId: id, at: happenedAt(event, 'deleted_at') };
  }
  if (chat === null) return unreadable(event, 'no chat id');
  const attachments = attachmentsOf(event);
  const { participants, conversation, isByAccount } = readChatPeople(channel, event, chat);
  const files = attachments.filter(isFile).map((file, index) => toRemote(file, index, { event, chat, id }));
  const message: ParsedMessage = {
    kind: 'message',
    externalId: id,
    conversation,
    participants,
    subject: subjectOf(event),
    text: textIn(event) ?? sharedIn(event) ?? '',
    repliesTo: quotedIdOf(event),
    html: null,
    attachments: files,
    sentAt: instantIn(payload, 'timestamp'),
  };
  if (isByAccount) message.byAccount = true;
  if (isForwarded(event)) message.marks = ['forwarded'];
  return message;
}

/** The text of an event: in v1 `message` is the text, or an object that holds it. Null when none is told. */
export function textOfEvent({ payload }: UnipileEvent): string | null {
  const told = [field(payload, 'message'), field(payload, 'text'), field(payload, 'message', 'text')];
  const text = told.find((value) => typeof value === 'string');
  return typeof text === 'string' ? text : null;
}

function textIn(event: UnipileEvent): string | null {
  return textOf(textOfEvent(event)) ?? textOf(field(event.payload, 'forwarded', 'text'));
}

/** What the message shows where it says nothing itself. */
function sharedIn(event: UnipileEvent): string | null {
  const shared = attachmentsOf(event).filter((attachment) => !isFile(attachment));
  return shared.flatMap((attachment) => sharedText(attachment) ?? []).join('\n\n') || null;
}

/** An InMail's. */
function subjectOf({ payload }: UnipileEvent): string | null {
  const subject = firstText(payload, 'subject') ?? textOf(field(payload, 'specifics', 'subject'));
  return subject === null ? null : cutText(subject, 2000);
}

/** v1 has a flag, v2 the message as it was. */
function isForwarded({ payload }: UnipileEvent): boolean {
  const forwarded = field(payload, 'forwarded');
  const isObject = typeof forwarded === 'object' && forwarded !== null;
  return isAnySet(payload, 'is_forwarded', 'forwarded') || isObject;
}

function isAnySet(payload: unknown, ...keys: readonly string[]): boolean {
  return keys.some((key) => isSet(field(payload, key)));
}
