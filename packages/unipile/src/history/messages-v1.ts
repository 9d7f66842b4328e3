/*
 * A message of v1's list as the webhooks that told of it: the message, and what has become of it since.
 *
 * A list tells flags as 0 and 1, its sender by an id, and nobody else; the webhook tells the account, the chat and
 * everybody in it, in fields of other names. Whatever else the list says is kept. What happened later has no time in
 * a list, so that it is of the time at which it was fetched.
 */
import { field, firstText, isSet, listOf, type Loose, objectOf, textOf } from '@kith/ingest/loose-json';
import type { ChatChannel } from '../chat-channel.ts';
import { readPerson } from '../person.ts';
import type { OpenChat } from './chat-source.ts';
import type { Walk } from './walk.ts';

/** The chat that a list is of. */
interface V1Chat {
  channel: ChatChannel;
  walk: Walk;
  chat: Loose;
  attendees: readonly unknown[];
}

/** Writes the events of a chat's messages. */
export function createMessageWriter(given: V1Chat): OpenChat['eventsOf'] {
  const { attendees } = given;
  const common = commonOf(given);
  const find = finderOf(attendees.map(webhookAttendee));
  return (item) => {
    const message = objectOf(item);
    return { events: message === null ? [] : eventsOf(message, { common, find }), reacted: null };
  };
}

type Find = (...ids: readonly unknown[]) => Loose | null;

function eventsOf(item: Loose, { common, find }: { common: Loose; find: Find }): object[] {
  const named = {
    ...common,
    message_id: field(item, 'id'),
    provider_message_id: field(item, 'provider_id'),
    is_sender: isSet(field(item, 'is_sender')),
  };
  const isNoMessage = isSet(field(item, 'is_event')) || isSet(field(item, 'hidden'));
  const isDeleted = isSet(field(item, 'deleted'));
  const message = { event: 'message_received', ...messageOf(item, find), ...named };
  if (isNoMessage) return [message];
  const text = field(item, 'text');
  const isEdited = isSet(field(item, 'edited')) && !isDeleted;
  return [
    message,
    ...(isDeleted ? [{ event: 'message_deleted', ...named }] : []),
    ...(isEdited ? [{ event: 'message_edited', ...named, message: text }] : []),
    ...reactionsOf(item, find).map((told) => ({ event: 'message_reaction', ...named, ...told })),
    ...(named.is_sender ? stepsOf(item, find).map((told) => ({ ...named, ...told })) : []),
  ];
}

function messageOf(item: Loose, find: Find): object {
  const senderId = field(item, 'sender_id');
  const told = Object.entries(item).filter(([name]) => !leftOut.has(name));
  return {
    ...Object.fromEntries(told),
    message: field(item, 'text') ?? '',
    sender: find(field(item, 'sender_attendee_id'), senderId) ?? { attendee_provider_id: senderId },
  };
}

/** The network's own JSON, which may be large, and what is told by an event of its own. */
const leftOut = new Set(['original', 'id', 'deleted', 'edited', 'reactions', 'seen', 'seen_by', 'delivered']);

function reactionsOf(item: Loose, find: Find): object[] {
  return listOf(field(item, 'reactions')).map((reaction) => {
    const senderId = field(reaction, 'sender_id');
    const sender = find(senderId) ?? { attendee_provider_id: senderId };
    const isOwn = isSet(field(reaction, 'is_sender'));
    return {
      reaction: field(reaction, 'value'),
      reaction_sender: isOwn ? { ...sender, is_self: true } : sender,
    };
  });
}

/** How far a message of the account's came. `seen_by` says of each by whom, by their id in the list of attendees. */
function stepsOf(item: Loose, find: Find): object[] {
  const readers = Object.entries(objectOf(field(item, 'seen_by')) ?? {});
  const read = readers.map(([id, at]) => ({
    event: 'message_read',
    read_by: find(id),
    ...(typeof at === 'string' ? { read_at: at } : {}),
  }));
  const isSeen = isSet(field(item, 'seen'));
  return [
    ...(isSet(field(item, 'delivered')) ? [{ event: 'message_delivered' }] : []),
    ...(isSeen && read.length === 0 ? [{ event: 'message_read' }] : read),
  ];
}

/** What every event tells of its account and its chat. */
function commonOf({ channel, walk, chat, attendees }: V1Chat): Loose {
  const { account } = walk;
  const self = attendees.find((one) => isSet(field(one, 'is_self')));
  const { accountType } = channel;
  return {
    account_id: account.id,
    account_type: accountType,
    account_info: { type: accountType, ...ownerOf(account, self) },
    chat_id: field(chat, 'id'),
    provider_chat_id: field(chat, 'provider_id'),
    is_group: textOf(field(chat, 'type')) === '1',
    attendees: attendees.filter((one) => one !== self).map(webhookAttendee),
  };
}

/** A webhook tells the owner's number, or the network's id where there are no numbers. */
function ownerOf({ userId, phoneNumber }: Walk['account'], self: unknown): object {
  const number = phoneNumber ?? readPerson(self)?.phoneNumber ?? null;
  if (number !== null) return { phone_number: number };
  const id = userId ?? readPerson(self)?.providerId ?? null;
  return id === null ? {} : { user_id: id };
}

/** An attendee as webhooks write them. */
function webhookAttendee(attendee: unknown): Loose {
  const told = (key: string): unknown => field(attendee, key) ?? null;
  return {
    attendee_id: told('id'),
    attendee_provider_id: told('provider_id'),
    attendee_name: told('name'),
    attendee_profile_url: told('profile_url'),
    attendee_public_identifier: told('public_identifier'),
    attendee_specifics: told('specifics'),
  };
}

/** Somebody by Unipile's id of them, or by the network's. */
function finderOf(attendees: readonly Loose[]): Find {
  const byId = new Map<string, Loose>();
  for (const attendee of attendees) {
    for (const key of ['attendee_provider_id', 'attendee_id']) {
      const id = firstText(attendee, key);
      if (id !== null) byId.set(id, attendee);
    }
  }
  return (...ids) => {
    for (const id of ids) {
      const found = byId.get(textOf(id) ?? '');
      if (found !== undefined) return found;
    }
    return null;
  };
}
