/* How Meta's webhooks name numbers, people, messages and times. */
import type { ChatMessage, ChatPerson } from '../chat/chat.ts';
import { parentUserIdOf, userIdOf, waIdOf, wamidOf } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;

/** One of the account's numbers. */
export interface MetaNumber {
  phone: string;
  phoneNumberId: string;
  businessAccountId: string;
}

/** Meta's id of a message. */
export const metaMessageId = ({ id, chat }: ChatMessage): string => wamidOf(id, chat.people[0]);

/** Somebody as `contacts` introduces them. */
export function contactOf(person: ChatPerson): Json {
  const waId = waIdOf(person);
  return {
    profile: {
      name: person.name ?? '',
      ...(person.username === undefined ? {} : { username: person.username }),
    },
    ...(waId === null ? {} : { wa_id: waId }),
    user_id: userIdOf(person),
    parent_user_id: parentUserIdOf(person),
  };
}

/** `from`, where the number is known, and `from_user_id`; or the same with `to`. */
export function idsOf(role: 'from' | 'to', person: ChatPerson): Json {
  const waId = waIdOf(person);
  return { ...(waId === null ? {} : { [role]: waId }), [`${role}_user_id`]: userIdOf(person) };
}

/** Seconds, as text. */
export const metaTime = (at: string): string => String(Math.floor(Date.parse(at) / 1000));
