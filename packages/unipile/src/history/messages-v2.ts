/*
 * A message of v2's list as the events that told of it: the message, which a list tells as a webhook does, and what has
 * become of it since. The list's chat says besides who else is in it, which webhooks leave out.
 */
import { field, firstText, isSet, listOf, type Loose, objectOf } from '@kith/ingest/loose-json';
import type { ChatChannel } from '../chat-channel.ts';
import { readPerson } from '../person.ts';
import type { OpenChat } from './chat-source.ts';

/** The chat that a list is of; `participants` are the others. */
interface V2Chat {
  channel: ChatChannel;
  accountId: string;
  chatId: string;
  isGroup: boolean;
  participants: readonly unknown[];
}

/** Writes the events of a chat's messages. */
export function createMessageWriter(given: V2Chat): OpenChat['eventsOf'] {
  return (item) => {
    const message = objectOf(item);
    if (message === null) return { events: [], reacted: null };
    const id = firstText(message, 'id');
    const isReacted = listOf(field(message, 'reactions_counter')).length > 0 && !isNoMessage(message);
    return { events: eventsOf(given, message), reacted: isReacted ? id : null };
  };
}

/** Who reacted to a message. */
export function reactionEvents(given: V2Chat, messageId: string, reactions: readonly unknown[]): object[] {
  return reactions.map((reaction) =>
    event(given, 'message.reaction.new', { message_id: messageId, chat_id: given.chatId, reaction }),
  );
}

const isNoMessage = (message: Loose): boolean =>
  isSet(field(message, 'is_event')) || isSet(field(message, 'is_hidden'));

function eventsOf(given: V2Chat, message: Loose): object[] {
  const { chatId, isGroup, participants } = given;
  const told = event(given, 'message.new', {
    ...message,
    is_deleted: false,
    chat_id: field(message, 'chat_id') ?? chatId,
    chat: { id: chatId, is_group: isGroup },
    participants,
  });
  if (isNoMessage(message)) return [told];
  const named = { message_id: field(message, 'id'), chat_id: chatId, is_sender: field(message, 'is_sender') };
  const isDeleted = isSet(field(message, 'is_deleted'));
  const edit = { ...named, text: field(message, 'text'), is_edited: true };
  return [
    told,
    ...(isDeleted ? [event(given, 'message.delete', named)] : []),
    ...(isSet(field(message, 'is_edited')) && !isDeleted ? [event(given, 'message.update', edit)] : []),
    ...(isSet(field(message, 'is_sender')) ? stepsOf(given, message, named) : []),
  ];
}

/** How far a message of the account's came. Of a group the list does not say with whom. */
function stepsOf(given: V2Chat, message: Loose, named: object): object[] {
  const [only] = given.participants;
  const reader = given.isGroup ? null : (readPerson(only)?.providerId ?? null);
  const read = reader === null ? named : { ...named, user_id: reader };
  return [
    ...(isSet(field(message, 'is_delivered')) ? [event(given, 'message.receipt.delivery', named)] : []),
    ...(isSet(field(message, 'is_seen')) ? [event(given, 'message.receipt.read', read)] : []),
  ];
}

const event = ({ channel, accountId }: V2Chat, type: string, payload: object): object => ({
  object: 'Event',
  type,
  account_id: accountId,
  account_provider: channel.accountType.toLowerCase(),
  payload,
});
