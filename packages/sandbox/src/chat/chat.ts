/*
 * What happens in chats, before a provider puts it into its own words.
 *
 * Ids are ours and short (`w12.3`); each provider makes its own of them, the same each time, so that the same chat can
 * be told through any provider. Times are ISO 8601.
 */

/** Somebody in a chat, under whatever the network and its providers know of them. */
export interface ChatPerson {
  id: string;
  name: string | null;
  /** E.164. On WhatsApp left out for somebody who goes by a username. */
  phone?: string;
  /** How WhatsApp still writes a number that has changed since: Brazil without its ninth digit, Mexico with a 1. */
  waId?: string;
  username?: string;
  /** Two letters, with which WhatsApp's ids of its users begin. */
  country?: string;
  /** LinkedIn's number of a member, and the name in the profile's address. */
  member?: number;
  slug?: string;
  headline?: string;
  /** In a LinkedIn profile, for connections to see. */
  email?: string;
}

/** A chat of the account with one person, or a group. `people` are the others. */
export interface Chat {
  id: string;
  kind: 'direct' | 'group';
  people: readonly [ChatPerson, ...ChatPerson[]];
}

/** A file that is sent in a chat; its bytes stay at the provider, who tells only where they are. */
export interface ChatFile {
  id: string;
  kind: 'image' | 'video' | 'voice' | 'audio' | 'document' | 'sticker';
  name: string;
  type: string;
  content: Buffer;
}

/** What a message holds. */
export type ChatContent =
  | { type: 'text'; text: string }
  | { type: 'file'; file: ChatFile; caption?: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { type: 'cards'; cards: readonly { name: string; phone: string }[] }
  | { type: 'choice'; of: 'button' | 'list' | 'template'; id: string; title: string; description?: string }
  | { type: 'form'; name: string; answers: Readonly<Record<string, string>> }
  | { type: 'call_permission'; response: 'accept' | 'reject' }
  | { type: 'order'; text: string; products: readonly { id: string; quantity: number; price: number }[] }
  | { type: 'unsupported' };

/** A message in a chat. `from` is null where the account itself wrote it. */
export interface ChatMessage {
  kind: 'message';
  id: string;
  chat: Chat;
  at: string;
  from: ChatPerson | null;
  content: ChatContent;
  repliesTo?: ChatMessage;
  forwarded?: boolean;
  /** The advert that somebody came from. */
  advert?: { id: string; headline: string; body: string; url: string };
}

/** Something that happens in a chat, or to somebody. `from` is null where it is the account's own doing. */
export type ChatEvent =
  | ChatMessage
  | { kind: 'status'; message: ChatMessage; status: ChatStatus; at: string; to: ChatPerson; error?: string }
  | {
      kind: 'reaction';
      id: string;
      message: ChatMessage;
      from: ChatPerson | null;
      emoji: string | null;
      at: string;
    }
  | { kind: 'edit'; id: string; message: ChatMessage; text: string; at: string }
  | { kind: 'deletion'; id: string; message: ChatMessage; at: string }
  /** Somebody became a contact of the account's: a connection on LinkedIn, an entry of the address book on WhatsApp. */
  | { kind: 'contact'; id: string; person: ChatPerson; at: string }
  | { kind: 'new_number'; id: string; person: ChatPerson; previous: ChatPerson; at: string };

export type ChatStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** What a message says in words. */
export function textOf(content: ChatContent): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'file':
      return content.caption ?? '';
    case 'location':
      return content.name ?? `${content.latitude}, ${content.longitude}`;
    case 'cards':
      return content.cards.map(({ name, phone }) => `${name}: ${phone}`).join('\n');
    case 'choice':
      return content.title;
    case 'form':
      return content.name;
    case 'order':
      return content.text;
    case 'call_permission':
    case 'unsupported':
      return '';
  }
}
