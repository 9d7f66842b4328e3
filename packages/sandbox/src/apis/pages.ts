/*
 * Cuts lists into pages behind opaque cursors, and plays the tricks that providers play with them.
 *
 * A cursor is of one list with one set of filters: with another it is refused, as providers do.
 */
import { createHash } from 'node:crypto';
import type { PageTrick } from './api-part.ts';

/** A page; `next` is the cursor of the one behind it. */
export interface Page<Item> {
  items: readonly Item[];
  next: string | null;
}

/** What a page is asked by. `list` names the list and its filters. */
export interface PageQuestion {
  list: string;
  cursor: string | null;
  limit: number;
  trick: PageTrick | null;
}

/** The page behind a cursor, the first one behind none; null where the provider does not know the cursor. */
export function pageOf<Item>(
  all: readonly Item[],
  { list, cursor, limit, trick }: PageQuestion,
): Page<Item> | null {
  if (cursor !== null && trick === 'cursor_expired') return null;
  const offset = cursor === null ? 0 : offsetIn(cursor, list);
  if (offset === null) return null;
  if (trick === 'page_twice' && offset > 0) {
    return { items: all.slice(Math.max(0, offset - limit), offset), next: cursorOf(list, offset) };
  }
  const items = all.slice(offset, offset + limit);
  if (trick === 'cursor_loop') return { items, next: cursorOf(list, offset) };
  const end = offset + items.length;
  return { items, next: end < all.length ? cursorOf(list, end) : null };
}

const cursorOf = (list: string, offset: number): string =>
  Buffer.from(JSON.stringify({ of: tagOf(list), at: offset })).toString('base64url');

function offsetIn(cursor: string, list: string): number | null {
  const [, tag, offset] =
    /^\{"of":"(\w+)","at":(\d+)\}$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return tag === tagOf(list) ? Number(offset) : null;
}

const tagOf = (list: string): string => createHash('sha256').update(list).digest('hex').slice(0, 12);
