/*
 * What a channel has to say about Unipile's chats: the events look the same on all of them, and only the ids of people
 * and chats are the network's own.
 */
import type { Channel, Identifier } from '@kith/contracts';
import type { UnipilePerson } from './person.ts';

/** What a network's id of a chat says by itself. */
export type ChatIdMeaning =
  /** It is the id of whom one talks to, so every account has a chat of its own under it. */
  | { names: 'person'; person: UnipilePerson }
  /** A group, under one id for all who are in it. */
  | { names: 'group' }
  /** No conversation: a broadcast list or a news channel. */
  | { names: 'broadcast' }
  /** A chat, under one id for all who are in it; it does not say who. */
  | { names: 'chat' };

/** A channel on which Unipile connects accounts. */
export interface ChatChannel {
  channel: Channel;
  /** Unipile's word for it, in upper case. */
  accountType: string;
  /** Normalised, without repeats, the identifying ones first; clues by themselves are nobody. */
  identifiersOf(person: UnipilePerson): Identifier[];
  readChatId(id: string): ChatIdMeaning;
  /** The network's ids of a person that follow from an identifier, under which v2 knows their chat. */
  idsOf(identifier: Identifier): string[];
  /** The name of a person under which v1 looks them up, where its lists do not tell it. */
  nameOf?(identifier: Identifier): string | null;
}
