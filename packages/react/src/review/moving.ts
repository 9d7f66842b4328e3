/* Which of the review one looks at, while the list changes under it. Pure. */
import type { ReviewItem } from '@kith/client';

/** The item that is looked at, and where it stood when it was last seen in the list. */
export interface Held {
  item: ReviewItem;
  index: number;
}

const idOf = ({ participant }: ReviewItem): string => participant.id;

/** The item as the list has it; where it has left, as it was, so that nothing moves under who reads it. */
export function lookedAt(items: readonly ReviewItem[], held: Held | null): Held | null {
  if (held === null) return null;
  const index = items.findIndex((item) => idOf(item) === idOf(held.item));
  const item = items[index];
  return item === undefined ? held : { item, index };
}

/** The next or the previous one; from one that has left, whatever stands at its place. */
export function moved(items: readonly ReviewItem[], held: Held | null, by: 1 | -1): Held | null {
  const now = lookedAt(items, held);
  if (now === null) return at(items, 0);
  const isThere = items[now.index] === now.item;
  return at(items, isThere || by < 0 ? now.index + by : now.index) ?? now;
}

/** What is looked at once these have left: what follows them, or else what stands before them. */
export function afterLeaving(
  items: readonly ReviewItem[],
  held: Held | null,
  leaving: ReadonlySet<string>,
): Held | null {
  const now = lookedAt(items, held);
  if (now === null || !leaving.has(idOf(now.item))) return now;
  const stays = (item: ReviewItem) => !leaving.has(idOf(item));
  const next = items.slice(now.index).find(stays) ?? items.slice(0, now.index).findLast(stays);
  if (next === undefined) return null;
  const index = items.filter(stays).indexOf(next);
  return { item: next, index };
}

/** The item at a place of the list. */
export function at(items: readonly ReviewItem[], index: number): Held | null {
  const item = items[index];
  return item === undefined ? null : { item, index };
}
