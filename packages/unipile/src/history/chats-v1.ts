/*
 * Chats in v1. Everybody who is in a chat of the account stands in one list of people, with what identifies them; the
 * list of chats names the other side of direct ones by the network's id, and who is in a group only the group tells.
 */
import { field, firstText, isSet, textOf } from '@kith/ingest/loose-json';
import { firstId } from '../ids.ts';
import { instantIn } from '../items.ts';
import { readPerson } from '../person.ts';
import type { ChatSource, ChatSourceOptions, FoundPeople, ListedChat } from './chat-source.ts';
import { listAll } from './list-all.ts';
import { createMessageWriter } from './messages-v1.ts';
import type { Walk } from './walk.ts';

const peoplePageSize = 250;
const chatsPageSize = 100;
const messagesPageSize = 100;
/** Every event names everybody in its chat. */
const crowdPageSize = 20;
const crowd = 100;
/** One person has one id per product of the network. */
const idsMax = 20;
const namesMax = 5;
const attendeePagesMax = 10;

/** The chats of an account. */
export function createV1Source({ api, channel, identifiers, isAskedFor }: ChatSourceOptions): ChatSource {
  /** LinkedIn's people are not listed under the names in their profiles' addresses. */
  const lookUpNames = async (accountId: string): Promise<string[]> => {
    const names = (identifiers ?? []).flatMap((one) => channel.nameOf?.(one) ?? []).slice(0, namesMax);
    const found: string[] = [];
    for (const name of names) {
      const answer = await api.get(['users', name], { account_id: accountId });
      const id = answer.ended === 'answered' ? firstId(answer.object, 'provider_id') : null;
      if (id !== null) found.push(id);
    }
    return found;
  };
  const findPeople = async ({ account, from, people }: Walk): Promise<FoundPeople> => {
    const named = from === null ? await lookUpNames(account.id) : [];
    const query = { account_id: account.id, limit: peoplePageSize };
    const list = await api.list(['chat_attendees'], query, from);
    if (list.ended !== 'listed') return list;
    const known = new Set([...people, ...named]);
    const met = list.items.flatMap((item) => {
      const id = readPerson(item)?.providerId ?? null;
      const isSelf = isSet(field(item, 'is_self'));
      return id !== null && !isSelf && (known.has(id) || isAskedFor(item)) ? [id] : [];
    });
    const found = [...new Set([...people, ...named, ...met])].slice(0, idsMax);
    return { ended: 'found', people: found, chats: [], next: list.next };
  };
  const holdsOf = (chat: unknown, people: readonly string[]): ListedChat['holds'] => {
    if (identifiers === null) return 'asked_for';
    const other = textOf(field(chat, 'attendee_provider_id'));
    const type = textOf(field(chat, 'type'));
    if (other === null || (type !== null && type !== '0')) return 'unknown';
    return people.includes(other) ? 'asked_for' : 'others';
  };
  return {
    listsEverybody: true,
    findPeople,
    listChats: async ({ account, from, people }) => {
      const query = { account_id: account.id, limit: chatsPageSize };
      const list = await api.list(['chats'], query, from);
      if (list.ended !== 'listed') return list;
      const chats = list.items.flatMap((chat) => {
        const id = firstText(chat, 'id');
        return id === null
          ? []
          : [{ id, holds: holdsOf(chat, people), lastAt: instantIn(chat, 'timestamp') }];
      });
      return { ended: 'listed', chats, next: list.next };
    },
    openChat: async (walk, chatId) => {
      const answer = await api.get(['chats', chatId]);
      if (answer.ended !== 'answered') return answer;
      const list = await listAll(api, ['chats', chatId, 'attendees'], { pagesMax: attendeePagesMax });
      if (list.ended !== 'listed') return list;
      const { items: attendees } = list;
      const others = attendees.filter((one) => !isSet(field(one, 'is_self')));
      const isMet = (one: unknown): boolean => walk.people.includes(readPerson(one)?.providerId ?? '');
      return {
        ended: 'opened',
        chat: {
          isAskedFor: identifiers === null || others.some((one) => isMet(one) || isAskedFor(one)),
          path: ['chats', chatId, 'messages'],
          pageSize: attendees.length > crowd ? crowdPageSize : messagesPageSize,
          eventsOf: createMessageWriter({ channel, walk, chat: answer.object, attendees }),
        },
      };
    },
  };
}
