/* How Unipile names people, chats, messages and files of the networks that it connects. */
import type { Chat, ChatMessage, ChatPerson } from '../chat/chat.ts';
import { digitsId, hexId, urlId, uuidId } from './stable-ids.ts';
import { keyOf, lidOf, waIdOf } from './whatsapp-ids.ts';

/** The networks. */
export type UnipileNetwork = 'LINKEDIN' | 'WHATSAPP';

/** A member's id on LinkedIn itself: `ACoAA…`, whose bytes hold the member's number. */
export function profileIdOf({ id, member = 0 }: ChatPerson): string {
  const bytes = Buffer.concat([
    Buffer.from([0x00, 0x2a, 0x00, 0x00]),
    Buffer.alloc(4),
    Buffer.from([0x01]),
    Buffer.from(hexId('linkedin profile', id, 40), 'hex'),
  ]);
  bytes.writeUInt32BE(member, 4);
  return bytes.toString('base64url');
}

/** The network's id of somebody. v2 names people on WhatsApp by their number, v1 by their LID. */
export function networkIdOf(network: UnipileNetwork, person: ChatPerson, version: 'v1' | 'v2'): string {
  if (network === 'LINKEDIN') return profileIdOf(person);
  const waId = waIdOf(person);
  return version === 'v1' || waId === null ? lidOf(person) : `${waId}@s.whatsapp.net`;
}

/** The network's id of a chat. */
export function networkChatId(network: UnipileNetwork, chat: Chat, version: 'v1' | 'v2'): string {
  if (network === 'LINKEDIN') {
    return `2-${Buffer.from(`${uuidId('linkedin chat', chat.id)}_100`).toString('base64')}`;
  }
  if (chat.kind === 'group') return `${digitsId('whatsapp group', chat.id, 18)}@g.us`;
  return networkIdOf(network, chat.people[0], version);
}

/** The network's id of a message. */
export function networkMessageId(network: UnipileNetwork, { id }: ChatMessage): string {
  if (network === 'WHATSAPP') return keyOf(id);
  const text = `${digitsId('linkedin message', id, 13)}b80083-100&${uuidId('linkedin message', id)}_100`;
  return `2-${Buffer.from(text).toString('base64')}`;
}

/** Unipile's own ids, in v1. */
export const unipileChatId = (chatId: string): string => urlId('unipile chat', chatId, 22);
export const unipileMessageId = (messageId: string): string => urlId('unipile message', messageId, 22);
export const unipileAttachmentId = (fileId: string): string => urlId('unipile attachment', fileId, 32);
