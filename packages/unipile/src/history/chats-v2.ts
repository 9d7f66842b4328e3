/*
 * Chats in v2, which asks the network itself: a direct chat names its one user, a group its participants, and both go
 * by the network's ids.
 */
import { field, firstText, isSet, listOf, type Loose } from '@kith/ingest/loose-json';
import type { UnipileRefusal } from '../api.ts';
import { instantIn } from '../items.ts';
import type { ChatSource, ChatSourceOptions, FoundPeople, ListedChat } from './chat-source.ts';
import { listAll, type WholeList } from './list-all.ts';
import { createMessageWriter, reactionEvents } from './messages-v2.ts';
import type { Walk } from './walk.ts';

/** Unipile's own, and all that is known to be allowed. */
const pageSize = 20;
const idsMax = 5;

/** The chats of an account. */
export function createV2Source({ api, channel, identifiers, isAskedFor }: ChatSourceOptions): ChatSource {
  /** Their direct chats first; the list of all chats is walked besides, for groups, and for ids that are not known. */
  const findPeople = async ({ account }: Walk): Promise<FoundPeople> => {
    const people = (identifiers ?? []).flatMap((one) => channel.idsOf(one)).slice(0, idsMax);
    const chats: string[] = [];
    for (const id of people) {
      const answer = await api.get([account.id, 'users', id, 'chat']);
      if (answer.ended !== 'answered' && !isNotFound(answer)) return answer;
      const data = answer.ended === 'answered' ? listOf(field(answer.object, 'data')) : [];
      chats.push(...data.flatMap((chat) => firstText(chat, 'chat_id') ?? []));
    }
    return { ended: 'found', people, chats: [...new Set(chats)].slice(0, pageSize), next: null };
  };
  const holdsOf = (chat: unknown): ListedChat['holds'] => {
    if (identifiers === null) return 'asked_for';
    const people = peopleIn(chat);
    if (people.some(isAskedFor)) return 'asked_for';
    return people.length === 0 ? 'unknown' : 'others';
  };
  /** A large group's participants are not in the chat. */
  const participantsOf = async (path: readonly string[], chat: Loose): Promise<WholeList> => {
    const items = peopleIn(chat);
    if (items.length > 0 || !isGroup(chat)) return { ended: 'listed', items };
    const list = await listAll(api, [...path, 'participants'], { limit: pageSize, pagesMax: 10 });
    return list.ended === 'listed' ? { ended: 'listed', items: othersIn(list.items) } : list;
  };
  return {
    listsEverybody: false,
    findPeople,
    listChats: async ({ account, from }) => {
      const list = await api.list([account.id, 'chats'], { limit: pageSize }, from);
      if (list.ended !== 'listed') return list;
      const chats = list.items.flatMap((chat) => {
        const id = firstText(chat, 'id');
        const lastAt = instantIn(chat, 'last_message_timestamp');
        return id === null ? [] : [{ id, holds: holdsOf(chat), lastAt }];
      });
      return { ended: 'listed', chats, next: list.next };
    },
    openChat: async ({ account }, chatId) => {
      const path = [account.id, 'chats', chatId];
      const answer = await api.get(path);
      if (answer.ended !== 'answered') return answer;
      const list = await participantsOf(path, answer.object);
      if (list.ended !== 'listed') return list;
      const participants = list.items;
      const chat = { channel, accountId: account.id, chatId, isGroup: isGroup(answer.object), participants };
      const messages = [...path, 'messages'];
      return {
        ended: 'opened',
        chat: {
          isAskedFor: identifiers === null || participants.some(isAskedFor),
          path: messages,
          pageSize,
          eventsOf: createMessageWriter(chat),
          reactionsTo: async (id) => {
            const reactions = await listAll(api, [...messages, id, 'reactions'], {
              limit: pageSize,
              pagesMax: 5,
            });
            if (reactions.ended !== 'listed' && !isNotFound(reactions)) return reactions;
            const items = reactions.ended === 'listed' ? reactions.items : [];
            return { ended: 'events', events: reactionEvents(chat, id, items) };
          },
        },
      };
    },
  };
}

const isNotFound = (refusal: UnipileRefusal): boolean =>
  refusal.ended === 'failed' && refusal.reason === 'not_found';

const isGroup = (chat: unknown): boolean => isSet(field(chat, 'is_group')) || field(chat, 'type') === 'group';

const othersIn = (participants: readonly unknown[]): unknown[] =>
  participants.filter((one) => !isSet(field(one, 'is_self')));

/** The others of a chat: participants of a group, or its one user. */
function peopleIn(chat: unknown): unknown[] {
  const participants = othersIn(listOf(field(chat, 'participants')));
  if (participants.length > 0) return participants;
  const user = field(chat, 'user') ?? field(chat, 'user_id');
  return user === undefined || user === null ? [] : [user];
}
