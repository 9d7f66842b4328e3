/*
 * The people of the demo in chats: the same contacts and leads under their numbers and profiles, the company's own
 * number and profile, and people who are nobody's record.
 *
 * Included on purpose: a number that WhatsApp still writes in its old form (Brazil, Mexico), somebody who shows no
 * number at all, and a profile that tells an address but no name in its own address.
 */
import type { ChatPerson } from '../chat/chat.ts';
import { digitsId } from '../senders/stable-ids.ts';
import type { MetaNumber } from '../senders/meta-names.ts';
import { contacts, leads, linkedinSlug, type Person, strangers, team } from './people.ts';

/** The company's WhatsApp number, of the range that Ofcom keeps for fiction. */
export const salesNumber: MetaNumber = {
  phone: '+442079460999',
  phoneNumberId: '400000000000417',
  businessAccountId: '300000000000093',
};

/** Whose own phone is connected besides: some write to Nora instead of the company. */
export const noraField: ChatPerson = {
  id: 'nora-field',
  name: team.nora.name,
  phone: '+442079460995',
  country: 'GB',
};

/** Whose LinkedIn profile is connected. */
export const joPark: ChatPerson = {
  id: 'jo-park',
  name: team.jo.name,
  member: 93_417_226,
  slug: 'jo-park-acme',
  headline: 'Sales at Acme Dispatch',
};

/** Who writes by WhatsApp, about a third of all, and by LinkedIn, about a fifth; some do both. */
export const onWhatsapp: readonly Person[] = withRecordIds(
  '93 17 29 31 42 44 53 58 64 72 77 91 95 98 112 121 139 7009 7018',
);
export const onLinkedin: readonly Person[] = withRecordIds('93 12 24 36 47 58 66 95 115 130 7004 7013 7025');

/** Who talks about the peak season with the company in one chat. */
export const inGroup: readonly Person[] = withRecordIds('93 95 64');

/** Goes by a username, so that nothing ties them to a record. */
export const usernameOnly: ChatPerson = {
  id: 'camille',
  name: 'Camille R.',
  username: 'camille.patisse',
  country: 'FR',
};

/** Writes to sales by mail as well, and is nobody's record on either channel. */
export const recruiter: ChatPerson = {
  id: 'devon-price',
  name: strangers.find(({ address }) => address.startsWith('devon'))?.name ?? null,
  member: 58_113_902,
  slug: 'devon-price-talent',
  headline: 'Talent partner',
};

const oldForms: Readonly<Record<string, string>> = { '93': '551187654321', '7009': '5215555550709' };
/** The record id of whoever shows an address in the profile, and a profile address without a name. */
export const withoutSlug = '58';

const countries: readonly (readonly [prefix: string, country: string])[] = [
  ['+55', 'BR'],
  ['+48', 'PL'],
  ['+34', 'ES'],
  ['+372', 'EE'],
  ['+84', 'VN'],
  ['+90', 'TR'],
  ['+91', 'IN'],
  ['+56', 'CL'],
  ['+39', 'IT'],
  ['+47', 'NO'],
  ['+27', 'ZA'],
  ['+351', 'PT'],
  ['+212', 'MA'],
  ['+852', 'HK'],
  ['+20', 'EG'],
  ['+254', 'KE'],
  ['+52', 'MX'],
  ['+234', 'NG'],
];

/** Somebody as chats know them. */
export function chatPersonOf(person: Person): ChatPerson {
  const { recordId, name, company } = person;
  const phone = person.phone.replaceAll(' ', '').replaceAll('-', '');
  const waId = oldForms[recordId];
  const country = countries.find(([prefix]) => phone.startsWith(prefix))?.[1];
  return {
    id: `record-${recordId}`,
    name,
    phone,
    ...(waId === undefined ? {} : { waId }),
    ...(country === undefined ? {} : { country }),
    member: Number(digitsId('linkedin member', recordId, 9)),
    headline: company,
    ...(recordId === withoutSlug ? { email: person.emails[0] } : { slug: linkedinSlug(person) }),
  };
}

function withRecordIds(ids: string): Person[] {
  const people = [...contacts, ...leads];
  return ids.split(' ').map((id) => {
    const person = people.find(({ recordId }) => recordId === id);
    if (person === undefined) throw new RangeError(`nobody has the record id ${id}`);
    return person;
  });
}
