/* Reads of a record's timeline: its newest part, what lies around a date, and what lies behind either end. */
import type { Channel, KithClient, Message } from '@kith/client';
import {
  extendNewer,
  extendOlder,
  type MessageWindow,
  replaceRange,
  type Stretch,
} from './message-window.ts';

/** Which messages of a record are shown; an empty list is all of them. */
export interface TimelineFilter {
  channels: readonly Channel[];
  participantIds: readonly string[];
}

/** What a part of a timeline is read with. */
export interface TimelineSource {
  read: KithClient['read'];
  recordId: string;
  filter: TimelineFilter;
  signal?: AbortSignal;
}

interface Part {
  before?: string;
  after?: string;
  order: 'newest' | 'oldest';
  limit: number;
  cursor?: string;
}

const pageSize = 50;
/** The most that a page may hold. */
const pageSizeMax = 100;
/** Above a date that was jumped to, only what fills the screen. */
const newerPageSize = 20;

/** More than this is not read at once, however much came. */
const readAgainMax = 600;

const empty: MessageWindow = { items: [], hasNewer: false, hasOlder: false };

/** The newest messages. */
export async function readNewest(source: TimelineSource): Promise<Stretch> {
  return stretchOf(await readPart(source, { order: 'newest', limit: pageSize }));
}

/** The messages on both sides of an instant; the newest where there is none. */
export async function readWindow(source: TimelineSource, until: string | null): Promise<MessageWindow> {
  if (until === null) return extendOlder(empty, await readNewest(source));
  const [older, newer] = await Promise.all([
    readPart(source, { before: until, order: 'newest', limit: pageSize }),
    readPart(source, { after: until, order: 'oldest', limit: newerPageSize }),
  ]);
  return extendNewer(extendOlder(empty, stretchOf(older)), stretchOf(newer));
}

/** What lies behind the oldest message of a window. */
export function readOlder(source: TimelineSource, { items }: MessageWindow): Promise<Stretch> {
  const oldest = items.at(-1);
  return readBehind(source, items, {
    ...(oldest === undefined ? {} : { before: justAfter(oldest.sentAt) }),
    order: 'newest',
    limit: pageSize,
  });
}

/** What lies in front of the newest message of a window. */
export function readNewer(source: TimelineSource, { items }: MessageWindow): Promise<Stretch> {
  const [newest] = items;
  return readBehind(source, items, {
    ...(newest === undefined ? {} : { after: newest.sentAt }),
    order: 'oldest',
    limit: pageSize,
  });
}

/**
 * Reads again what a window holds, and answers how to put it into what the window has become meanwhile. Where much came
 * to lie in it, it is cut at its older end: a link may bring a hundred thousand messages at once.
 */
export async function readAgain(
  source: TimelineSource,
  window: MessageWindow,
): Promise<(now: MessageWindow) => MessageWindow> {
  const newest = window.hasNewer ? window.items[0] : undefined;
  const oldest = window.hasOlder ? window.items.at(-1) : undefined;
  const { items: fresh, isEnd } = await readMany(source, {
    ...(newest === undefined ? {} : { before: justAfter(newest.sentAt) }),
    ...(oldest === undefined ? {} : { after: oldest.sentAt }),
    order: 'newest',
    limit: pageSizeMax,
  });
  const last = isEnd ? undefined : fresh.at(-1);
  return (now) =>
    last === undefined
      ? { ...now, items: replaceRange(now.items, { newest, oldest }, fresh) }
      : { ...now, items: replaceRange(now.items, { newest, oldest: undefined }, fresh), hasOlder: true };
}

async function readMany(source: TimelineSource, part: Part): Promise<Stretch> {
  const items: Message[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null && items.length < readAgainMax) {
    const page = await readPart(source, { ...part, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return { items, isEnd: cursor === null };
}

/** A page that brings something new: messages of the end's own instant are read again with it. */
async function readBehind(source: TimelineSource, known: readonly Message[], part: Part): Promise<Stretch> {
  const ids = new Set(known.map(({ id }) => id));
  let page = await readPart(source, part);
  while (page.nextCursor !== null && page.items.every(({ id }) => ids.has(id))) {
    page = await readPart(source, { ...part, cursor: page.nextCursor });
  }
  return stretchOf(page);
}

function readPart({ read, recordId, filter, signal }: TimelineSource, part: Part) {
  return read.records.timeline.query(
    {
      recordId,
      ...(filter.channels.length === 0 ? {} : { channels: [...filter.channels] }),
      ...(filter.participantIds.length === 0 ? {} : { participantIds: [...filter.participantIds] }),
      ...part,
    },
    signal === undefined ? {} : { signal },
  );
}

const stretchOf = (page: { items: Message[]; nextCursor: string | null }): Stretch => ({
  items: page.items,
  isEnd: page.nextCursor === null,
});

const justAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();
