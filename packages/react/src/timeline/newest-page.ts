/*
 * Puts a freshly read first page in front of the pages that were loaded before.
 *
 * Guarantee: what the fresh page covers is exactly what it says, what lies behind it stays as it was, nothing is
 * there twice, and nothing between the two is missing: where they do not meet, only the fresh page is kept.
 */

interface Item {
  id: string;
  sentAt: string;
}

/** A page of a list that is ordered newest first. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The pages of an infinite query, each with the cursor it was read with. */
export interface Pages<T> {
  pages: Page<T>[];
  pageParams: (string | null)[];
}

/** Merges the fresh first page into the loaded ones. */
export function mergeNewestPage<T extends Item>(loaded: Pages<T>, fresh: Page<T>): Pages<T> {
  const [first, ...older] = loaded.pages;
  const last = fresh.items.at(-1);
  if (first === undefined || last === undefined || fresh.nextCursor === null || !meets(first, last)) {
    return { pages: [fresh], pageParams: [null] };
  }
  const known = new Set(fresh.items.map((item) => item.id));
  const behind = first.items.filter((item) => !known.has(item.id) && !isNewer(item, last));
  return {
    pages: [{ items: [...fresh.items, ...behind], nextCursor: first.nextCursor }, ...older],
    pageParams: loaded.pageParams,
  };
}

function meets<T extends Item>(loaded: Page<T>, lastFresh: Item): boolean {
  const [newest] = loaded.items;
  const oldest = loaded.items.at(-1);
  if (newest === undefined || oldest === undefined) return false;
  return !isNewer(lastFresh, newest) && !isNewer(oldest, lastFresh);
}

/** Two messages of one millisecond: neither is newer, so that none is dropped for the order of their ids. */
function isNewer(item: Item, other: Item): boolean {
  return item.sentAt > other.sentAt;
}
