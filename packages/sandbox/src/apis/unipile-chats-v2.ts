/*
 * Chats in v2 of Unipile's API (https://developer.unipile.com/v2.0/reference): under the network's ids, a direct chat
 * with its one user, a group with its participants, and messages as webhooks have them. Who reacted is asked for by
 * itself.
 */
import type { ChatPerson } from '../chat/chat.ts';
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { UnipileAccount } from '../senders/unipile-attendees.ts';
import { messageOf, userOf } from '../senders/unipile-chats-v2.ts';
import { networkChatId, networkIdOf, networkMessageId } from '../senders/unipile-people.ts';
import type { ApiRequest } from './api-part.ts';
import { lastAt, type ToldChat, type ToldMessage } from './told-chats.ts';
import { v2List } from './unipile-lists.ts';
import { badParameter, betweenTimes, unipileError, type UnipileApiAccount } from './unipile-told.ts';

type Json = Record<string, unknown>;

/** An account and what lies in its chats. */
interface Told {
  account: UnipileAccount & Pick<UnipileApiAccount, 'paging'>;
  chats: readonly ToldChat[];
}

/** What is asked of an account's chats; null where the path is none of theirs. */
export function v2Chats(request: ApiRequest, steps: readonly string[], told: Told): HostAnswer | null {
  const { account, chats } = told;
  const [kind, id, what, messageId, further] = steps;
  if (kind === 'users' && what === 'chat') return jsonAnswer(200, userChats(told, id));
  if (kind !== 'chats') return null;
  if (id === undefined)
    return v2List(request, { all: chats, toJson: (one) => chatOf(account, one) }, account.paging);
  const found = chats.find(({ chat }) => networkChatId(account.network, chat, 'v2') === id);
  if (found === undefined) return missing();
  switch (
    `${what ?? ''}${messageId === undefined ? '' : '/id'}${further === undefined ? '' : `/${further}`}`
  ) {
    case '':
      return jsonAnswer(200, chatOf(account, found));
    case 'participants':
      return found.chat.kind === 'group'
        ? v2List(request, { all: participantsOf(account, found), toJson: itself }, account.paging)
        : unipileError(400, 'invalid_chat', 'Not a group.');
    case 'messages':
      return messageList(request, account, found);
    case 'messages/id/reactions':
      return reactionList(request, account, { found, messageId });
    default:
      return null;
  }
}

const itself = (json: Json): Json => json;

const missing = (): HostAnswer => unipileError(404, 'resource_not_found', 'Resource not found.');

function userChats({ account, chats }: Told, userId: string | undefined): Json {
  const { network } = account;
  const theirs = chats.filter(
    ({ chat }) => chat.kind === 'direct' && networkIdOf(network, chat.people[0], 'v2') === userId,
  );
  const data = theirs.map(({ chat }) => ({ chat_id: networkChatId(network, chat, 'v2') }));
  return { object: 'UserChats', data };
}

function messageList(request: ApiRequest, account: Told['account'], { messages }: ToldChat): HostAnswer {
  const isBetween = betweenTimes(request.url.searchParams);
  if (isBetween === null) return badParameter('before');
  const listed = messages.filter(({ message }) => isBetween(message.at));
  return v2List(request, { all: listed, toJson: (told) => listedMessage(account, told) }, account.paging);
}

function listedMessage(account: UnipileAccount, told: ToldMessage): Json {
  return {
    ...messageOf(account, told.message),
    text: told.deletedAt === null ? told.text : '',
    is_seen: told.seenBy.length > 0,
    is_delivered: told.isDelivered,
    is_deleted: told.deletedAt !== null,
    is_edited: told.editedAt !== null,
    reactions_counter: countersOf(told),
  };
}

function countersOf({ reactions }: ToldMessage): Json[] {
  const emojis = [...new Set(reactions.map(({ emoji }) => emoji))];
  return emojis.map((value) => ({
    value,
    count: reactions.filter(({ emoji }) => emoji === value).length,
    is_sender: reactions.some(({ emoji, from }) => emoji === value && from === null),
  }));
}

function reactionList(
  request: ApiRequest,
  account: Told['account'],
  { found, messageId }: { found: ToldChat; messageId: string | undefined },
): HostAnswer {
  const told = found.messages.find(({ message }) => networkMessageId(account.network, message) === messageId);
  if (told === undefined) return missing();
  const reactions = told.reactions.map(({ from, emoji }) => ({
    object: 'Reaction',
    value: emoji,
    is_sender: from === null,
    sender: userOf(account, from ?? account.owner),
  }));
  return v2List(request, { all: reactions, toJson: itself }, account.paging);
}

function participantsOf(account: UnipileAccount, { chat }: ToldChat): Json[] {
  const participant = (person: ChatPerson): Json => ({
    object: 'Participant',
    user: userOf(account, person),
    is_self: person === account.owner,
    is_admin: false,
  });
  return [...chat.people, account.owner].map(participant);
}

/** Large groups come without their participants. */
const inlineMax = 50;

function chatOf(account: UnipileAccount, told: ToldChat): Json {
  const { network } = account;
  const { chat } = told;
  const [contact] = chat.people;
  const isGroup = chat.kind === 'group';
  const participants = participantsOf(account, told);
  return {
    object: 'Chat',
    id: networkChatId(network, chat, 'v2'),
    name: chat.people.map(({ name }) => name ?? '').join(', '),
    type: isGroup ? 'group' : '1to1',
    is_group: isGroup,
    is_1to1: !isGroup,
    is_channel: false,
    last_message_timestamp: lastAt(told),
    muted_until: null,
    folders: ['INBOX'],
    unread_count: 0,
    provider: network.toLowerCase(),
    ...(isGroup
      ? {
          participants_count: participants.length,
          ...(participants.length > inlineMax ? {} : { participants }),
        }
      : { user_id: networkIdOf(network, contact, 'v2'), user: userOf(account, contact) }),
  };
}
