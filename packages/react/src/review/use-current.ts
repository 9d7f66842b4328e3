import type { ReviewItem } from '@kith/client';
import { useEffect, useRef, useState } from 'react';
import { afterLeaving, at, type Held, lookedAt, moved } from './moving.ts';

/** What is looked at, and the ways to look at something else. */
export interface Current {
  item: ReviewItem | null;
  /** Whether it has left the list while it was looked at. */
  isGone: boolean;
  show: (item: ReviewItem) => void;
  /** The same, and the keyboard goes there. */
  goTo: (item: ReviewItem) => void;
  /** Moves by one, and answers where to. */
  move: (by: 1 | -1) => ReviewItem | null;
  /** Goes on to what is looked at once these have left. */
  leave: (ids: readonly string[]) => void;
}

/** Follows one item of the list; the first one where none was chosen. The keyboard goes where it moves. */
export function useCurrent(items: readonly ReviewItem[]): Current {
  const [held, setHeld] = useState<Held | null>(null);
  const goes = useRef(false);
  const first = at(items, 0);
  if (held === null && first !== null) setHeld(first);
  const now = lookedAt(items, held);
  const id = now?.item.participant.id ?? null;
  useEffect(() => {
    if (goes.current && id !== null) focusOn(id);
    goes.current = false;
  }, [id]);
  const go = (next: Held | null) => {
    goes.current = true;
    setHeld(next);
    return next?.item ?? null;
  };
  return {
    item: now?.item ?? null,
    isGone: now !== null && !items.includes(now.item),
    show: (item) => setHeld({ item, index: items.indexOf(item) }),
    goTo: (item) => void go({ item, index: items.indexOf(item) }),
    move: (by) => go(moved(items, held, by)),
    leave: (ids) => void go(afterLeaving(items, held, new Set(ids))),
  };
}

/** The row; where only the item itself is shown, its heading. */
function focusOn(id: string): void {
  const row = document.querySelector<HTMLElement>(`[data-review-row="${CSS.escape(id)}"]`);
  const target =
    row?.checkVisibility() === true ? row : document.querySelector<HTMLElement>('[data-review-heading]');
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'nearest' });
}
