/* Who is connected to Unipile, and how v1 tells of people: what is the network's own stands in `attendee_specifics`. */
import type { ChatPerson } from '../chat/chat.ts';
import { urlId } from './stable-ids.ts';
import { networkIdOf, type UnipileNetwork } from './unipile-people.ts';
import { lidOf, waIdOf } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;

/** An account that is connected to Unipile, and whose it is. */
export interface UnipileAccount {
  network: UnipileNetwork;
  accountId: string;
  owner: ChatPerson;
}

/** The connected account, as every event of v1 tells it. */
export function accountInfo({ network, owner }: UnipileAccount): Json {
  if (network === 'WHATSAPP') return { type: network, phone_number: owner.phone ?? null };
  return { type: network, feature: 'classic', user_id: networkIdOf(network, owner, 'v1') };
}

/** Somebody in a chat, the account's owner included. */
export function attendeeOf({ network, owner }: UnipileAccount, person: ChatPerson): Json {
  const providerId = networkIdOf(network, person, 'v1');
  const common = {
    attendee_id: urlId('unipile attendee', person.id, 22),
    attendee_provider_id: providerId,
    attendee_name: person.name ?? '',
  };
  if (network === 'WHATSAPP') {
    const waId = waIdOf(person);
    return {
      ...common,
      attendee_profile_url: null,
      attendee_public_identifier: waId === null ? null : `${waId}@s.whatsapp.net`,
      attendee_specifics: {
        provider: network,
        phone_number: person.phone ?? 'hidden',
        lid: lidOf(person),
      },
    };
  }
  return {
    ...common,
    attendee_profile_url: `https://www.linkedin.com/in/${providerId}`,
    attendee_public_identifier: person.slug ?? null,
    attendee_specifics: {
      provider: network,
      ...(person.member === undefined ? {} : { member_urn: `urn:li:member:${person.member}` }),
      occupation: person.headline ?? '',
      is_company: false,
      network_distance: person === owner ? 'SELF' : 'DISTANCE_1',
      ...(person.email === undefined ? {} : { contact_info: { emails: [person.email] } }),
    },
  };
}
