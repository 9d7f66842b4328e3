/*
 * Chats in v1 of Unipile's API (https://developer.unipile.com/reference/messaging): lists whose flags are 0 and 1 and
 * whose messages name their sender by an id, so that who is in a chat is asked for by itself.
 */
import type { ChatMessage, ChatPerson } from '../chat/chat.ts';
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import { attendeeOf, type UnipileAccount } from '../senders/unipile-attendees.ts';
import { attachmentsOf, quotedOf } from '../senders/unipile-chats-v1.ts';
import {
  networkChatId,
  networkIdOf,
  networkMessageId,
  unipileChatId,
  unipileMessageId,
} from '../senders/unipile-people.ts';
import type { ApiRequest } from './api-part.ts';
import { lastAt, type ToldChat, type ToldMessage } from './told-chats.ts';
import { type Listing, v1List } from './unipile-lists.ts';
import { badParameter, betweenTimes, unipileError } from './unipile-told.ts';

type Json = Record<string, unknown>;

/** What is asked of an account's chats; null where the path is none of theirs. */
export function v1Chats(
  request: ApiRequest,
  steps: readonly string[],
  { account, chats }: { account: UnipileAccount; chats: readonly ToldChat[] },
): HostAnswer | null {
  const [kind, id, what] = steps;
  const found = chats.find(({ chat }) => unipileChatId(chat.id) === id);
  switch (`${kind}${id === undefined ? '' : '/id'}${what === undefined ? '' : `/${what}`}`) {
    case 'chat_attendees':
      return v1List(request, 'ChatAttendeeList', everybody(account, chats));
    case 'chats':
      return v1List(request, 'ChatList', { all: chats, toJson: (told) => chatOf(account, told) });
    case 'chat_attendees/id/chats': {
      const theirs = chats.filter(
        ({ chat }) => chat.kind === 'direct' && isCalled(account, chat.people[0], id),
      );
      return v1List(request, 'ChatList', { all: theirs, toJson: (told) => chatOf(account, told) });
    }
    case 'chats/id':
      return found === undefined ? missing() : jsonAnswer(200, chatOf(account, found));
    case 'chats/id/attendees':
      return found === undefined
        ? missing()
        : v1List(request, 'ChatAttendeeList', attendeesOf(account, found.chat.people));
    case 'chats/id/messages':
      return found === undefined ? missing() : messageList(request, account, found);
    default:
      return null;
  }
}

const missing = (): HostAnswer => unipileError(404, 'resource_not_found', 'Resource not found.');

function messageList(request: ApiRequest, account: UnipileAccount, { messages }: ToldChat): HostAnswer {
  const isBetween = betweenTimes(request.url.searchParams);
  if (isBetween === null) return badParameter('before');
  const listed = messages.filter(({ message }) => isBetween(message.at));
  return v1List(request, 'MessageList', { all: listed, toJson: (told) => messageOf(account, told) });
}

function everybody(account: UnipileAccount, chats: readonly ToldChat[]): Listing<ChatPerson> {
  const people = chats.flatMap(({ chat }) => chat.people);
  return attendeesOf(account, [...new Map(people.map((person) => [person.id, person])).values()]);
}

/** The account's owner is among them. */
const attendeesOf = (account: UnipileAccount, people: readonly ChatPerson[]): Listing<ChatPerson> => ({
  all: [...people, account.owner],
  toJson: (person) => listedAttendee(account, person),
});

function listedAttendee(account: UnipileAccount, person: ChatPerson): Json {
  const told = attendeeOf(account, person);
  return {
    object: 'ChatAttendee',
    id: told['attendee_id'],
    account_id: account.accountId,
    provider_id: told['attendee_provider_id'],
    name: told['attendee_name'],
    is_self: person === account.owner ? 1 : 0,
    hidden: 0,
    picture_url: null,
    profile_url: told['attendee_profile_url'],
    public_identifier: told['attendee_public_identifier'],
    specifics: told['attendee_specifics'],
  };
}

function isCalled(account: UnipileAccount, person: ChatPerson, id: string | undefined): boolean {
  const { id: attendeeId, provider_id: providerId } = listedAttendee(account, person);
  return id === attendeeId || id === providerId;
}

function chatOf(account: UnipileAccount, told: ToldChat): Json {
  const { network, accountId } = account;
  const { chat } = told;
  return {
    object: 'Chat',
    id: unipileChatId(chat.id),
    account_id: accountId,
    account_type: network,
    provider_id: networkChatId(network, chat, 'v1'),
    ...(chat.kind === 'direct' ? { attendee_provider_id: networkIdOf(network, chat.people[0], 'v1') } : {}),
    name: null,
    type: chat.kind === 'group' ? 1 : 0,
    timestamp: lastAt(told),
    unread_count: 0,
    archived: 0,
    muted_until: null,
    read_only: 0,
  };
}

function messageOf(account: UnipileAccount, told: ToldMessage): Json {
  const { network, accountId, owner } = account;
  const { message } = told;
  const sender = message.from ?? owner;
  return {
    object: 'Message',
    id: unipileMessageId(message.id),
    provider_id: networkMessageId(network, message),
    account_id: accountId,
    chat_id: unipileChatId(message.chat.id),
    chat_provider_id: networkChatId(network, message.chat, 'v1'),
    sender_id: networkIdOf(network, sender, 'v1'),
    sender_attendee_id: attendeeOf(account, sender)['attendee_id'],
    text: told.deletedAt === null ? told.text : null,
    timestamp: message.at,
    attachments: listedFiles(message),
    is_sender: message.from === null ? 1 : 0,
    quoted: message.repliesTo === undefined ? null : quotedOf(account, message.repliesTo),
    reactions: told.reactions.map(({ from, emoji }) => ({
      value: emoji,
      sender_id: networkIdOf(network, from ?? owner, 'v1'),
      is_sender: from === null,
    })),
    seen: told.seenBy.length > 0 ? 1 : 0,
    seen_by: Object.fromEntries(
      told.seenBy.map(({ person, at }) => [attendeeOf(account, person)['attendee_id'], at]),
    ),
    delivered: told.isDelivered ? 1 : 0,
    hidden: 0,
    deleted: told.deletedAt === null ? 0 : 1,
    edited: told.editedAt === null ? 0 : 1,
    is_event: 0,
    behavior: null,
    message_type: network === 'LINKEDIN' ? 'MESSAGE' : null,
    original: JSON.stringify({ key: networkMessageId(network, message) }),
  };
}

/** In lists a file's fields have other names than in webhooks. */
function listedFiles({ content }: ChatMessage): Json[] {
  return attachmentsOf(content).map((told) => ({
    id: told['attachment_id'],
    type: told['attachment_type'],
    file_name: told['attachment_name'],
    file_size: told['attachment_size'],
    url: told['attachment_url'],
    mimetype: told['mimetype'],
    unavailable: told['unavailable'],
    sticker: told['sticker'] === true,
    size: { width: 640, height: 480 },
  }));
}
