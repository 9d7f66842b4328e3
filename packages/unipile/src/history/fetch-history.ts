/*
 * The history of an account's chats at Unipile: of somebody, every message of every chat that they are in, or of
 * everybody.
 *
 * Each call does one thing of a walk (looks for people, lists chats, or reads a page of one chat's messages) and
 * answers where the next goes on. The messages come in the form of webhooks, so that one that a webhook told before is
 * the same message. What is not asked for is never fetched: chats without who is asked for are left aside, and a chat
 * ends where its messages become older than what is asked for.
 */
import type { HistoryAnswer, HistoryQuestion, ProviderTools } from '@kith/ingest/provider';
import { field, textOf } from '@kith/ingest/loose-json';
import { findUnipileAccount } from '../account.ts';
import { createUnipileApi, type UnipileApi, type UnipileRefusal } from '../api.ts';
import type { ChatChannel } from '../chat-channel.ts';
import type { UnipileSecrets } from '../verify.ts';
import { canBeKnown, createIsAskedFor } from './asked-for.ts';
import type { ChatSource } from './chat-source.ts';
import { createV1Source } from './chats-v1.ts';
import { createV2Source } from './chats-v2.ts';
import { readChat } from './read-chat.ts';
import { cursorOf, readWalk, type Walk } from './walk.ts';

/** A page of a channel's chats. */
export async function fetchUnipileHistory(
  channel: ChatChannel,
  question: HistoryQuestion,
  given: { secrets: UnipileSecrets } & ProviderTools,
): Promise<HistoryAnswer> {
  const { identifiers, cursor } = question;
  if (!canBeKnown(channel, identifiers)) {
    const detail = `no identifier by which ${channel.channel} knows somebody`;
    return { ended: 'failed', reason: 'no_identifiers', detail };
  }
  const api = createUnipileApi(given);
  const walk = cursor === null ? await beginWalk(api, channel, question) : readWalk(cursor);
  if (walk === null) return { ended: 'cursor_expired' };
  if ('ended' in walk) return walk;
  const isAskedFor = createIsAskedFor(channel, identifiers);
  const create = api.version === 'v1' ? createV1Source : createV2Source;
  return goOn(walk, { api, question, source: create({ api, channel, identifiers, isAskedFor }) });
}

async function beginWalk(
  api: UnipileApi,
  channel: ChatChannel,
  { settings, identifiers }: HistoryQuestion,
): Promise<Walk | UnipileRefusal> {
  const found = await findUnipileAccount(api, { settings, types: [channel.accountType] });
  if (found.ended !== 'found') return found;
  const { id, account } = found;
  const connection = field(account, 'connection_params', 'im');
  return {
    version: 1,
    account: {
      id,
      userId: textOf(field(connection, 'id')),
      phoneNumber: textOf(field(connection, 'phone_number')),
    },
    step: identifiers === null ? 'chats' : 'people',
    people: [],
    known: [],
    from: null,
    isListed: false,
    chats: [],
    page: null,
    reacted: [],
  };
}

/** What a step needs. */
export interface Walking {
  api: UnipileApi;
  source: ChatSource;
  question: HistoryQuestion;
}

async function goOn(walk: Walk, walking: Walking): Promise<HistoryAnswer> {
  if (walk.step === 'people') return findPeople(walk, walking);
  return walk.chats.length > 0 ? readChat(walk, walking) : listChats(walk, walking);
}

async function findPeople(walk: Walk, { source }: Walking): Promise<HistoryAnswer> {
  const found = await source.findPeople(walk);
  if (found.ended !== 'found') return found;
  const { people, next } = found;
  if (next !== null) return emptyPage({ ...walk, people, from: next });
  const isNobody = source.listsEverybody && people.length === 0;
  const known = found.chats;
  const chats = known.map((id) => ({ id, isOpen: false }));
  return emptyPage({ ...walk, step: 'chats', people, known, chats, from: null, isListed: isNobody });
}

async function listChats(walk: Walk, { source, question }: Walking): Promise<HistoryAnswer> {
  const list = await source.listChats(walk);
  if (list.ended !== 'listed') return list;
  const { since } = question;
  const wanted = list.chats.filter(
    ({ id, holds, lastAt }) =>
      holds !== 'others' &&
      !walk.known.includes(id) &&
      !(since !== null && lastAt !== null && Date.parse(lastAt) < Date.parse(since)),
  );
  const chats = wanted.map(({ id, holds }) => ({ id, isOpen: holds === 'unknown' }));
  return emptyPage({ ...walk, chats, from: list.next, isListed: list.next === null });
}

const emptyPage = (walk: Walk): HistoryAnswer => ({ ended: 'page', bodies: [], next: cursorOf(walk) });
