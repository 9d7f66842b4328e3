/* How WhatsApp names people, messages and files, whichever provider tells of them. */
import type { ChatPerson } from '../chat/chat.ts';
import { digitsId, hexId } from './stable-ids.ts';

/** The number as digits; null for somebody who goes by a username. */
export function waIdOf({ waId, phone }: Pick<ChatPerson, 'waId' | 'phone'>): string | null {
  return waId ?? phone?.replace(/\D/g, '') ?? null;
}

/** The business-scoped user id, which everybody has since 2026: `BR.13491208655302741918`. */
export const userIdOf = ({ id, country = 'US' }: ChatPerson): string =>
  `${country}.${digitsId('whatsapp user', id, 20)}`;

/** Of the business portfolio above. */
export const parentUserIdOf = ({ id, country = 'US' }: ChatPerson): string =>
  `${country}.ENT.${digitsId('whatsapp parent user', id, 20)}`;

/** Within WhatsApp's own network; its digits are no number. */
export const lidOf = ({ id }: ChatPerson): string => `${digitsId('whatsapp lid', id, 15)}@lid`;

/** The message's key on WhatsApp. */
export const keyOf = (messageId: string): string =>
  `3A${hexId('whatsapp message', messageId, 18).toUpperCase()}`;

/** Meta's id of a message: who it is with, and its key, in the bytes of a thrift-like form. */
export function wamidOf(messageId: string, contact: ChatPerson | undefined): string {
  const number = (contact === undefined ? null : waIdOf(contact)) ?? digitsId('whatsapp lid', messageId, 15);
  const key = keyOf(messageId);
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, number.length]),
    Buffer.from(number),
    Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18, key.length]),
    Buffer.from(key),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}

/** Meta's id of a file. */
export const metaMediaId = (fileId: string): string => digitsId('meta media', fileId, 16);

/** Meta's id of a group. */
export const metaGroupId = (chatId: string): string =>
  Buffer.from(`capi_group_${hexId('meta group', chatId, 12)}`)
    .toString('base64')
    .replaceAll('=', '');
