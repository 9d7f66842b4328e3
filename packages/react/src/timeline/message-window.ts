/*
 * The loaded part of a timeline, newest first: one stretch without gaps, of which each end knows whether more lies
 * behind it. Whatever is taken in keeps the order of the server, and nothing is there twice.
 *
 * An end is the time of its message, not a cursor: what was dropped to keep the stretch short can be read again from
 * where it was cut.
 */
import type { Message } from '@kith/client';

/** A stretch of a timeline. */
export interface MessageWindow {
  items: readonly Message[];
  hasNewer: boolean;
  hasOlder: boolean;
}

/** What was read at one end, in any order; `isEnd` where nothing lies behind it. */
export interface Stretch {
  items: readonly Message[];
  isEnd: boolean;
}

type Placed = Pick<Message, 'id' | 'sentAt'>;

/** Below zero where `one` stands before `other`: the newer first, and of one instant the greater id. */
export function compareMessages(one: Placed, other: Placed): number {
  if (one.sentAt !== other.sentAt) return one.sentAt > other.sentAt ? -1 : 1;
  return one.id === other.id ? 0 : one.id > other.id ? -1 : 1;
}

/** Adds what was read behind the oldest message. */
export function extendOlder(window: MessageWindow, read: Stretch): MessageWindow {
  return { ...window, items: merge(window.items, read.items), hasOlder: !read.isEnd };
}

/** Adds what was read in front of the newest message. */
export function extendNewer(window: MessageWindow, read: Stretch): MessageWindow {
  return { ...window, items: merge(window.items, read.items), hasNewer: !read.isEnd };
}

/** Drops what exceeds `itemsMax` at the end that is away from `near`. */
export function keepNear(window: MessageWindow, near: 'newer' | 'older', itemsMax: number): MessageWindow {
  if (window.items.length <= itemsMax) return window;
  return near === 'older'
    ? { ...window, items: window.items.slice(-itemsMax), hasNewer: true }
    : { ...window, items: window.items.slice(0, itemsMax), hasOlder: true };
}

/** Takes in messages that arrived or changed, as far as they lie in the stretch, and leaves out those that are gone. */
export function takeIn(
  window: MessageWindow,
  { messages, goneIds }: { messages: readonly Message[]; goneIds: ReadonlySet<string> },
): MessageWindow {
  const inside = messages.filter((message) => covers(window, message));
  const left = window.items.filter(({ id }) => !goneIds.has(id));
  if (inside.length === 0 && left.length === window.items.length) return window;
  return { ...window, items: merge(left, inside) };
}

/**
 * Puts the freshly read newest messages in front. Where they do not meet the stretch, or are all there is, they take
 * its place, so that there is no gap. A stretch that ends before the newest message stays as it is.
 */
export function mergeNewest(window: MessageWindow, fresh: Stretch): MessageWindow {
  if (window.hasNewer) return window;
  const [newest] = window.items;
  const last = fresh.items.at(-1);
  const meets = newest !== undefined && last !== undefined && compareMessages(newest, last) <= 0;
  if (fresh.isEnd || !meets) return { items: fresh.items, hasNewer: false, hasOlder: !fresh.isEnd };
  return {
    ...window,
    items: replaceRange(window.items, { newest: fresh.items[0], oldest: last }, fresh.items),
  };
}

/** The ends of a stretch; a missing one is open. */
export interface Range {
  newest: Placed | undefined;
  oldest: Placed | undefined;
}

/** Within the range exactly `fresh`; what was loaded outside of it meanwhile stays. */
export function replaceRange(
  items: readonly Message[],
  { newest, oldest }: Range,
  fresh: readonly Message[],
): Message[] {
  const isOutside = (item: Placed) =>
    (newest !== undefined && compareMessages(item, newest) < 0) ||
    (oldest !== undefined && compareMessages(item, oldest) > 0);
  return merge(items.filter(isOutside), fresh);
}

function covers({ items, hasNewer, hasOlder }: MessageWindow, message: Placed): boolean {
  const [newest] = items;
  const oldest = items.at(-1);
  if (newest === undefined || oldest === undefined) return !hasNewer && !hasOlder;
  if (hasNewer && compareMessages(message, newest) < 0) return false;
  return !hasOlder || compareMessages(message, oldest) <= 0;
}

/** Later ones replace earlier ones of the same id. */
function merge(items: readonly Message[], others: readonly Message[]): Message[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const other of others) byId.set(other.id, other);
  return [...byId.values()].toSorted(compareMessages);
}
