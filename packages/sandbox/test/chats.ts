/* People and chats for tests of what providers tell of them. */
import type { Chat, ChatEvent, ChatFile, ChatMessage, ChatPerson, ChatStatus } from '../src/chat/chat.ts';

export const ana: ChatPerson = {
  id: 'ana',
  name: 'Ana Lima',
  phone: '+5511987654321',
  waId: '551187654321',
  country: 'BR',
  member: 117_649_604,
  slug: 'ana-lima',
  headline: 'Lima Comércio',
};
export const bob: ChatPerson = { id: 'bob', name: 'Bob Reis', phone: '+442079460150', member: 42 };
/** Goes by a username. */
export const camille: ChatPerson = { id: 'camille', name: 'Camille', username: 'camille.r', country: 'FR' };
/** Whose account is connected. */
export const owner: ChatPerson = {
  id: 'jo',
  name: 'Jo Park',
  phone: '+442079460999',
  member: 7,
  slug: 'jo-park',
};

export const withAna: Chat = { id: 'c1', kind: 'direct', people: [ana] };
export const withCamille: Chat = { id: 'c2', kind: 'direct', people: [camille] };
export const group: Chat = { id: 'g1', kind: 'group', people: [ana, bob] };

export const at = '2026-11-22T16:59:00.000Z';
/** The same in seconds. */
export const atSeconds = '1795366740';

export const photo: ChatFile = {
  id: 'photo',
  kind: 'image',
  name: 'gate.jpg',
  type: 'image/jpeg',
  content: Buffer.from('not a picture'),
};

/** A text from Ana, or what is given instead. */
export const messageOf = (given: Partial<ChatMessage> = {}): ChatMessage => ({
  kind: 'message',
  id: 'm1',
  chat: withAna,
  at,
  from: ana,
  content: { type: 'text', text: 'Olá 😀 a/b' },
  ...given,
});

export const theirs = messageOf();
/** An answer of the account's. */
export const ours = messageOf({ id: 'm2', from: null, repliesTo: theirs });

export const statusOf = (status: ChatStatus, message = ours): ChatEvent => ({
  kind: 'status',
  message,
  status,
  at,
  to: message.chat.people[0],
});
