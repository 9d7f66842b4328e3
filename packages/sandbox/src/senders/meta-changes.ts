/*
 * What happens on one of a WhatsApp Business account's numbers, as the changes of Meta's webhooks.
 *
 * What others write comes in `messages`; what the account itself writes in WhatsApp's own app comes in
 * `smb_message_echoes`; how far that came, in `statuses` beside `messages`.
 */
import type { ChatEvent, ChatMessage, ChatPerson } from '../chat/chat.ts';
import { metaContent, metaReferral } from './meta-content.ts';
import { contactOf, idsOf, metaMessageId, type MetaNumber, metaTime } from './meta-names.ts';
import { addressBookEntry, statusOf, systemMessage } from './meta-signals.ts';
import { metaGroupId, waIdOf, wamidOf } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;
type Of<Kind extends ChatEvent['kind']> = Extract<ChatEvent, { kind: Kind }>;

/** An entry of `changes`. */
export interface MetaChange {
  field: string;
  value: Json;
}

/** The change that tells of an event. */
export function metaChange(number: MetaNumber, event: ChatEvent): MetaChange {
  switch (event.kind) {
    case 'message':
      return written(number, event, { event, entry: writtenMessage(number, event) });
    case 'reaction':
      return written(number, event.message, {
        event,
        entry: {
          type: 'reaction',
          reaction: { message_id: metaMessageId(event.message), emoji: event.emoji ?? '' },
        },
      });
    case 'edit': {
      const message = { type: 'text', text: { body: event.text } };
      const edit = { original_message_id: metaMessageId(event.message), message };
      return written(number, event.message, { event: own(event), entry: { type: 'edit', edit } });
    }
    case 'deletion': {
      const revoke = { original_message_id: metaMessageId(event.message) };
      return written(number, event.message, { event: own(event), entry: { type: 'revoke', revoke } });
    }
    case 'status':
      return valueOf(number, 'messages', { contacts: [contactOf(event.to)], statuses: [statusOf(event)] });
    case 'new_number':
      return valueOf(number, 'messages', { messages: [systemMessage(event)] });
    case 'contact':
      return valueOf(number, 'smb_app_state_sync', { state_sync: [addressBookEntry(event)] });
  }
}

/** A change with what every change of a number has. */
export function valueOf(number: MetaNumber, field: string, value: Json): MetaChange {
  return {
    field,
    value: {
      messaging_product: 'whatsapp',
      metadata: {
        display_phone_number: waIdOf(number),
        phone_number_id: number.phoneNumberId,
      },
      ...value,
    },
  };
}

/** The fields of a written message that do not depend on who tells it. */
export function writtenMessage(number: MetaNumber, message: ChatMessage): Json {
  const { repliesTo, forwarded, content } = message;
  const answered =
    repliesTo === undefined ? {} : { from: writerOf(number, repliesTo.from), id: metaMessageId(repliesTo) };
  const context = { ...answered, ...(forwarded === true ? { forwarded } : {}) };
  return {
    ...(Object.keys(context).length === 0 ? {} : { context }),
    ...metaReferral(message),
    ...metaContent(content),
  };
}

type Written = { id: string; at: string; from: ChatPerson | null };

/** Edits and deletions are by whoever wrote. */
const own = (event: Of<'edit' | 'deletion'>): Written => ({
  id: event.id,
  at: event.at,
  from: event.message.from,
});

function written(
  number: MetaNumber,
  { chat }: ChatMessage,
  { event, entry }: { event: Written; entry: Json },
): MetaChange {
  const [contact] = chat.people;
  const isGroup = chat.kind === 'group';
  const { from } = event;
  const id = wamidOf(event.id, contact);
  const common = { id, timestamp: metaTime(event.at), ...entry };
  if (from !== null) {
    const group = isGroup ? { group_id: metaGroupId(chat.id) } : {};
    const message = { ...idsOf('from', from), ...common, ...group };
    return valueOf(number, 'messages', { contacts: [contactOf(from)], messages: [message] });
  }
  const to = isGroup ? { to: metaGroupId(chat.id), recipient_type: 'group' } : idsOf('to', contact);
  return valueOf(number, 'smb_message_echoes', {
    ...(isGroup ? {} : { contacts: [contactOf(contact)] }),
    message_echoes: [{ from: waIdOf(number), ...to, ...common }],
  });
}

const writerOf = (number: MetaNumber, from: ChatPerson | null): string | undefined =>
  waIdOf(from ?? number) ?? undefined;
