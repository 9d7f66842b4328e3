/*
 * The part of a conversation that is loaded, in reading order: oldest first. It grows at both ends, and what is new or
 * has changed meanwhile is put in its place.
 *
 * Guarantee: the loaded part has no gaps. A message that would lie beyond an end that is not reached yet is left out: it
 * comes when that end is read.
 */
import type { Message } from '@kith/client';

/** How a page is asked for: which way it goes from where. */
export interface Way {
  order: 'newest' | 'oldest';
  cursor: string;
  before?: string;
  after?: string;
}

/** A page in reading order, with how to read on; null where the conversation begins or ends. */
export interface MessagePage {
  items: Message[];
  older: Way | null;
  newer: Way | null;
  /** Of the page that was read first: the events that came later are not in it. */
  lastEventId?: string;
}

/** The pages of an infinite query. */
export interface MessagePages {
  pages: MessagePage[];
  pageParams: unknown[];
}

/** Puts messages that were just read into the loaded part. */
export function withMessages(loaded: MessagePages, fresh: readonly Message[]): MessagePages {
  return { ...loaded, pages: fresh.reduce(withMessage, loaded.pages) };
}

function withMessage(pages: MessagePage[], message: Message): MessagePage[] {
  const isKnown = pages.some(({ items }) => items.some(({ id }) => id === message.id));
  if (isKnown) {
    return pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === message.id ? message : item)),
    }));
  }
  if (!isWithin(pages, message)) return pages;
  const behind = pages.findIndex(({ items }) => items.some((item) => isLater(item, message)));
  const at = behind === -1 ? pages.length - 1 : behind;
  return pages.map((page, index) =>
    index === at ? { ...page, items: [...page.items, message].toSorted(inReadingOrder) } : page,
  );
}

function isWithin(pages: readonly MessagePage[], message: Message): boolean {
  const items = pages.flatMap((page) => page.items);
  const [oldest] = items;
  const newest = items.at(-1);
  const isBefore = pages[0]?.older != null && (oldest === undefined || isLater(oldest, message));
  const isAfter = pages.at(-1)?.newer != null && (newest === undefined || isLater(message, newest));
  return !isBefore && !isAfter;
}

const isLater = (item: Message, other: Message): boolean => inReadingOrder(item, other) > 0;

function inReadingOrder(a: Message, b: Message): number {
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
