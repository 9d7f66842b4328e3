/* One step in a chat: who is in it, a page of its messages, or who reacted to some of them. */
import type { HistoryAnswer, HistoryQuestion } from '@kith/ingest/provider';
import { instantIn } from '../items.ts';
import type { OpenChat } from './chat-source.ts';
import type { Walking } from './fetch-history.ts';
import { behindChat, cursorOf, type Walk } from './walk.ts';

/** So many chats are looked into in one step, and so many messages asked for reactions. */
const opensMax = 3;
const reactedMax = 5;

/** Reads on in the first chat of the walk. */
export async function readChat(walk: Walk, walking: Walking): Promise<HistoryAnswer> {
  let at = walk;
  for (let opens = 0; opens < opensMax; opens += 1) {
    const [first] = at.chats;
    if (first === undefined) break;
    const opened = await walking.source.openChat(at, first.id);
    if (opened.ended === 'opened' && (!first.isOpen || opened.chat.isAskedFor)) {
      return readOn(at, opened.chat, walking);
    }
    // A chat may be deleted while others are read.
    const isGone = opened.ended === 'failed' && opened.reason === 'not_found';
    if (opened.ended !== 'opened' && !isGone) return opened;
    at = behindChat(at);
  }
  return pageOf(at, []);
}

function readOn(walk: Walk, chat: OpenChat, walking: Walking): Promise<HistoryAnswer> {
  return walk.reacted.length > 0 ? readReactions(walk, chat) : readMessages(walk, chat, walking);
}

async function readMessages(walk: Walk, chat: OpenChat, { api, question }: Walking): Promise<HistoryAnswer> {
  const query = { ...timesOf(question), limit: chat.pageSize };
  const list = await api.list(chat.path, query, walk.page);
  if (list.ended === 'failed' && list.reason === 'not_found') return pageOf(behindChat(walk), []);
  if (list.ended !== 'listed') return list;
  const told = list.items.filter((item) => isWithin(item, question)).map((item) => chat.eventsOf(item));
  const reacted = told.flatMap((one) => one.reacted ?? []);
  const isOver = list.next === null || isBehind(list.items, question);
  const [first] = walk.chats;
  const read: Walk = {
    ...walk,
    chats: first === undefined ? [] : [{ ...first, isOpen: false }, ...walk.chats.slice(1)],
    page: isOver ? pageBehindLast : list.next,
    reacted,
  };
  return pageOf(
    settled(read),
    told.flatMap(({ events }) => events),
  );
}

async function readReactions(walk: Walk, chat: OpenChat): Promise<HistoryAnswer> {
  const events: object[] = [];
  for (const messageId of walk.reacted.slice(0, reactedMax)) {
    const answer = await chat.reactionsTo?.(messageId);
    if (answer?.ended === 'events') events.push(...answer.events);
    else if (answer !== undefined) return answer;
  }
  return pageOf(settled({ ...walk, reacted: walk.reacted.slice(reactedMax) }), events);
}

/** Where a chat has no more messages, and reactions of its last ones are still asked for. */
const pageBehindLast = 'end';

/** The walk, at the next chat where this one is done. */
function settled(walk: Walk): Walk {
  return walk.page === pageBehindLast && walk.reacted.length === 0 ? behindChat(walk) : walk;
}

function pageOf(walk: Walk, events: readonly object[]): HistoryAnswer {
  const body = Buffer.from(JSON.stringify(events));
  const bodies =
    events.length === 0 ? [] : [{ provider: 'unipile' as const, body, contentType: 'application/json' }];
  return { ended: 'page', bodies, next: cursorOf(walk) };
}

/** Both of Unipile's are exclusive, and take no other form of time. */
function timesOf({ since, until }: HistoryQuestion) {
  return {
    after: since === null ? null : new Date(Date.parse(since) - 1).toISOString(),
    before: new Date(until).toISOString(),
  };
}

/** Not every network looks at the times that it is asked for. */
function isWithin(item: unknown, { since, until }: HistoryQuestion): boolean {
  const at = instantIn(item, 'timestamp');
  if (at === null) return true;
  const ms = Date.parse(at);
  return ms < Date.parse(until) && (since === null || ms >= Date.parse(since));
}

/** Messages come newest first, so that behind a page of older ones there are only older ones. */
function isBehind(items: readonly unknown[], { since }: HistoryQuestion): boolean {
  if (since === null || items.length === 0) return false;
  return items.every((item) => {
    const at = instantIn(item, 'timestamp');
    return at !== null && Date.parse(at) < Date.parse(since);
  });
}
