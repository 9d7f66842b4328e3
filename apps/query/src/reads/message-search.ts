/*
 * Full text over messages: window by window of the newest matches, best first in each window.
 *
 * A cursor names its window by both ends, and the last hit shown. So every message that matched when a window was
 * opened is listed once, also when others come meanwhile, and no page has to rank more than a window.
 */
import { KithError, type MessageHit } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { readQuery, type SearchQuery } from '@kith/search';
import * as z from 'zod';
import { encodeCursor, type Page, TimePosition } from '../cursor.ts';
import { withFragments } from './message-fragments.ts';
import { type Match, type MatchScope, readMatches } from './message-matches.ts';
import { readMessages } from './messages.ts';

/** Where a page ended: the last hit, and the window that it was in. */
export const HitPosition = z
  .object({ at: z.string(), id: z.string() })
  .transform(({ at, id }) => {
    const [hitId, score, isLast, newestAt, newestId, oldestAt, oldestId] = id.split('/');
    return {
      hit: { at, id: hitId, score: Number(score) },
      isLast: isLast === 'last',
      newest: { at: newestAt, id: newestId },
      oldest: { at: oldestAt, id: oldestId },
    };
  })
  .pipe(
    z.object({
      hit: TimePosition.extend({ score: z.number() }),
      isLast: z.boolean(),
      newest: TimePosition,
      oldest: TimePosition,
    }),
  );
export type HitPosition = z.infer<typeof HitPosition>;

/** How many of the newest matches are ranked together. */
const windowMax = 500;
/** Room for what comes into a window that is open. */
const openWindowMax = 4 * windowMax;

/** Asks for messages: with `typed` of a person. */
export interface MessageSearch extends Omit<MatchScope, 'query'> {
  typed: string;
  after: HitPosition | undefined;
  limit: number;
  now: string;
}

/** A page of hits. The last page of a window may be short. Throws `bad_input` where nothing is looked for. */
export async function searchMessages(db: Rows, search: MessageSearch): Promise<Page<MessageHit>> {
  const query = requireQuery(search.typed);
  const window = await readWindow(db, search, query);
  const shown = window.rest.slice(0, search.limit);
  const messages = await readMessages(
    db,
    search.workspace,
    shown.map(({ id }) => id),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const hits = shown.flatMap(({ id, score }) => {
    const message = byId.get(id);
    return message === undefined ? [] : [{ message, score }];
  });
  const last = shown.at(-1);
  const isEnd = window.isLast && window.rest.length <= search.limit;
  return {
    items: await withFragments(db, search.workspace, hits, query),
    nextCursor: isEnd || last === undefined ? null : cursorOf(last, window),
  };
}

function requireQuery(typed: string): SearchQuery {
  const query = readQuery(typed);
  if (query !== null) return query;
  throw new KithError('bad_input', 'query: names no word to look for', { field: 'query' });
}

/** Matches that are ranked together; `rest` are those that are not shown yet, best first. */
interface Window {
  rest: Match[];
  isLast: boolean;
  newest: TimePosition;
  oldest: TimePosition;
}

async function readWindow(db: Rows, search: MessageSearch, query: SearchQuery): Promise<Window> {
  const { after } = search;
  const scope = { ...search, query: query.text };
  if (after === undefined) return openWindow(db, scope, undefined);
  const { newest, oldest, hit } = after;
  const range = { newest, oldest, limit: openWindowMax, now: search.now };
  const rest = (await readMatches(db, scope, range)).filter((match) => bestFirst(hit, match) < 0);
  if (rest.length === 0 && !after.isLast) return openWindow(db, scope, oldest);
  return { rest: rest.toSorted(bestFirst), isLast: after.isLast, newest, oldest };
}

/** The newest matches before a place. */
async function openWindow(
  db: Rows,
  scope: MatchScope & { now: string },
  before: TimePosition | undefined,
): Promise<Window> {
  const range = { newest: before, isAfter: true, limit: windowMax + 1, now: scope.now };
  const matches = await readMatches(db, scope, range);
  const rest = matches.slice(0, windowMax);
  const [newest, oldest] = [rest[0], rest.at(-1)];
  if (newest === undefined || oldest === undefined)
    return { rest, isLast: true, newest: nowhere, oldest: nowhere };
  return { rest: rest.toSorted(bestFirst), isLast: matches.length <= windowMax, newest, oldest };
}

const nowhere: TimePosition = { at: '', id: '' };

function bestFirst(a: Match, b: Match): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

function cursorOf({ at, id, score }: Match, { isLast, newest, oldest }: Window): string {
  const parts = [id, score, isLast ? 'last' : 'more', newest.at, newest.id, oldest.at, oldest.id];
  return encodeCursor({ at, id: parts.join('/') });
}
