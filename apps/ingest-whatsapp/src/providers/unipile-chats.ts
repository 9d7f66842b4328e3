/*
 * How people and chats are named on WhatsApp in Unipile's payloads.
 *
 * The network's id is a LID (`140874994434143@lid`), whose digits are no number; the number stands in `phone_number`
 * (or the word `hidden`) and in the public identifier, as `33660036335@s.whatsapp.net` or bare. Both are one person.
 * A direct chat has the id of the other side, a group one of its own.
 */
import type { Identifier } from '@kith/contracts';
import { normalizeWhatsApp } from '@kith/identity';
import { type ChatChannel, type ChatIdMeaning, nobody, type UnipilePerson } from '@kith/unipile';

/** WhatsApp as Unipile sees it. */
export const whatsappChats: ChatChannel = {
  channel: 'whatsapp',
  accountType: 'WHATSAPP',
  identifiersOf,
  readChatId,
  idsOf,
};

function identifiersOf({ phoneNumber, publicIdentifier, lid, providerId }: UnipilePerson): Identifier[] {
  const found = [phoneNumber, publicIdentifier, lid, providerId].flatMap(readId);
  const lids = new Set(
    found.filter(({ kind }) => kind === 'whatsapp_lid').map(({ value }) => digitsOf(value)),
  );
  const unique = new Map(found.map((identifier) => [identifier.value, identifier]));
  // The digits of a LID that stand somewhere without their `@lid` are no number.
  return [...unique.values()].filter(
    ({ kind, value }) => kind === 'whatsapp_lid' || !lids.has(digitsOf(value)),
  );
}

/** A business-scoped id is Meta's own API's, and means nothing without its scope. */
function readId(text: string | null): Identifier[] {
  if (text === null) return [];
  const id = normalizeWhatsApp(text);
  return id.ok && id.kind !== 'whatsapp_bsuid' ? [{ kind: id.kind, value: id.key }] : [];
}

function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}

function idsOf({ kind, value }: Identifier): string[] {
  if (kind === 'whatsapp_lid') return [value];
  return kind === 'phone' ? [`${digitsOf(value)}@s.whatsapp.net`] : [];
}

function readChatId(id: string): ChatIdMeaning {
  switch (id.slice(id.lastIndexOf('@') + 1).toLowerCase()) {
    case 'g.us':
      return { names: 'group' };
    case 'broadcast':
    case 'newsletter':
      return { names: 'broadcast' };
    case 'lid':
    case 'c.us':
    case 's.whatsapp.net':
      return { names: 'person', person: { ...nobody, providerId: id } };
    default:
      return { names: 'chat' };
  }
}
