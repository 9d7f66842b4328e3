/*
 * What has become of an account's chats, by all that happened in them: as a provider's lists tell it, which know how
 * things are and not how they came about.
 */
import { type Chat, type ChatEvent, type ChatMessage, type ChatPerson, textOf } from '../chat/chat.ts';

/** A message as it is now. */
export interface ToldMessage {
  message: ChatMessage;
  text: string;
  editedAt: string | null;
  deletedAt: string | null;
  /** One of each person; `from` is null where it is the account's. */
  reactions: readonly { from: ChatPerson | null; emoji: string; at: string }[];
  isDelivered: boolean;
  /** Why it was not sent, where it was not. */
  failure: string | null;
  /** How far it came last. */
  isSent: boolean;
  seenBy: readonly { person: ChatPerson; at: string }[];
}

/** A chat, newest message first. */
export interface ToldChat {
  chat: Chat;
  messages: readonly ToldMessage[];
}

/** The chats, with the one first in which was written last. */
export function toldChats(events: readonly ChatEvent[]): ToldChat[] {
  const messages = new Map<string, ToldMessage>();
  const ordered = events.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  for (const event of ordered) {
    if (event.kind === 'message') messages.set(event.id, asWritten(event));
  }
  for (const event of ordered) {
    if (!('message' in event)) continue;
    const told = messages.get(event.message.id);
    if (told !== undefined) messages.set(event.message.id, { ...told, ...changeBy(told, event) });
  }
  const chats = new Map<string, { chat: Chat; messages: ToldMessage[] }>();
  for (const told of [...messages.values()].toReversed()) {
    const { chat } = told.message;
    const known = chats.get(chat.id) ?? { chat, messages: [] };
    known.messages.push(told);
    chats.set(chat.id, known);
  }
  return [...chats.values()];
}

/** When somebody wrote last. */
export const lastAt = ({ messages }: ToldChat): string | null => messages[0]?.message.at ?? null;

function asWritten(message: ChatMessage): ToldMessage {
  return {
    message,
    text: textOf(message.content),
    editedAt: null,
    deletedAt: null,
    reactions: [],
    isDelivered: false,
    failure: null,
    isSent: false,
    seenBy: [],
  };
}

function changeBy(
  told: ToldMessage,
  event: Exclude<ChatEvent, { kind: 'message' | 'contact' | 'new_number' }>,
): Partial<ToldMessage> {
  switch (event.kind) {
    case 'edit':
      return { text: event.text, editedAt: event.at };
    case 'deletion':
      return { deletedAt: event.at };
    case 'reaction': {
      const { from, emoji, at } = event;
      const others = told.reactions.filter((one) => one.from?.id !== from?.id);
      return { reactions: emoji === null ? others : [...others, { from, emoji, at }] };
    }
    case 'status':
      return statusChange(told, event);
  }
}

function statusChange(
  told: ToldMessage,
  { status, to, at, error }: Extract<ChatEvent, { kind: 'status' }>,
): Partial<ToldMessage> {
  switch (status) {
    case 'sent':
      return { isSent: true };
    case 'delivered':
      return { isDelivered: true };
    case 'read':
    case 'played':
      return { isDelivered: true, seenBy: [...told.seenBy, { person: to, at }] };
    case 'failed':
      return { failure: error ?? 'The message could not be sent' };
  }
}
