/* What Meta tells besides what is written: how far a message came, and what happens to people. */
import type { ChatEvent } from '../chat/chat.ts';
import { idsOf, metaMessageId, metaTime } from './meta-names.ts';
import { hexId } from './stable-ids.ts';
import { metaGroupId, parentUserIdOf, userIdOf, waIdOf, wamidOf } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;
type Of<Kind extends ChatEvent['kind']> = Extract<ChatEvent, { kind: Kind }>;

/** An entry of `statuses`. */
export function statusOf({ message, status, at, to, error }: Of<'status'>): Json {
  const waId = waIdOf(to);
  const isGroup = message.chat.kind === 'group';
  const number = isGroup ? 'recipient_participant_id' : 'recipient_id';
  const userId = isGroup ? 'recipient_participant_user_id' : 'recipient_user_id';
  return {
    id: metaMessageId(message),
    status,
    timestamp: metaTime(at),
    ...(isGroup ? { recipient_id: metaGroupId(message.chat.id), recipient_type: 'group' } : {}),
    ...(waId === null ? {} : { [number]: waId }),
    [userId]: userIdOf(to),
    ...(status === 'failed'
      ? { errors: [errorOf(error)] }
      : {
          conversation: { id: hexId('meta conversation', message.chat.id, 32), origin: { type: 'service' } },
          pricing: {
            billable: false,
            pricing_model: 'PMP',
            category: 'service',
            type: 'free_customer_service',
          },
        }),
  };
}

const errorOf = (title = 'Message undeliverable'): Json => ({
  code: 131026,
  title,
  message: title,
  error_data: { details: `${title}.` },
  href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
});

/** A message of the system's: a new number makes a new user id; the old ones stand beside them. */
export function systemMessage({ id, person, previous, at }: Of<'new_number'>): Json {
  const [before, after] = [waIdOf(previous), waIdOf(person)];
  return {
    ...idsOf('from', previous),
    id: wamidOf(id, previous),
    timestamp: metaTime(at),
    type: 'system',
    system: {
      body: `User ${previous.name ?? ''} changed from ${before} to ${after}`,
      type: 'user_changed_number',
      wa_id: after,
      user_id: userIdOf(person),
      parent_user_id: parentUserIdOf(person),
      previous_user_id: userIdOf(previous),
    },
  };
}

/** An entry of `state_sync`. */
export function addressBookEntry({ person, at }: Of<'contact'>): Json {
  const [first = ''] = (person.name ?? '').split(' ');
  return {
    type: 'contact',
    contact: { full_name: person.name ?? '', first_name: first, phone_number: waIdOf(person) ?? '' },
    action: 'add',
    metadata: { timestamp: metaTime(at) },
  };
}
