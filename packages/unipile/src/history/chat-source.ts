/*
 * What the two versions of Unipile's API have to say for a walk through chats. Each method asks for one thing, and
 * answers what Unipile refuses as it is.
 */
import type { Identifier } from '@kith/contracts';
import type { UnipileApi, UnipileRefusal } from '../api.ts';
import type { ChatChannel } from '../chat-channel.ts';
import type { IsAskedFor } from './asked-for.ts';
import type { Walk } from './walk.ts';

/** What a source is made of. */
export interface ChatSourceOptions {
  api: UnipileApi;
  channel: ChatChannel;
  identifiers: readonly Identifier[] | null;
  isAskedFor: IsAskedFor;
}

/** The network's ids of people asked for, and chats that are known to be theirs. */
export type FoundPeople =
  | { ended: 'found'; people: string[]; chats: string[]; next: string | null }
  | UnipileRefusal;

/** A chat of a list: whether who is asked for is in it, as far as the list tells. */
export interface ListedChat {
  id: string;
  holds: 'asked_for' | 'others' | 'unknown';
  /** When somebody wrote last; null where it is not told. */
  lastAt: string | null;
}
export type ListedChats = { ended: 'listed'; chats: ListedChat[]; next: string | null } | UnipileRefusal;

/** A chat that was looked into. */
export interface OpenChat {
  isAskedFor: boolean;
  /** The path of its messages. */
  path: readonly string[];
  pageSize: number;
  /** What its list tells of a message, in the form of webhooks; who reacted may have to be asked for by itself. */
  eventsOf(message: unknown): { events: object[]; reacted: string | null };
  /** Who reacted to a message. */
  reactionsTo?(messageId: string): Promise<{ ended: 'events'; events: object[] } | UnipileRefusal>;
}
export type OpenedChat = { ended: 'opened'; chat: OpenChat } | UnipileRefusal;

/** One version's chats. */
export interface ChatSource {
  /** Whether `findPeople` meets everybody who is in any chat: then nobody found means no chats. */
  listsEverybody: boolean;
  findPeople(walk: Walk): Promise<FoundPeople>;
  listChats(walk: Walk): Promise<ListedChats>;
  openChat(walk: Walk, chatId: string): Promise<OpenedChat>;
}
