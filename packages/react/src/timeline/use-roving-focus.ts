/*
 * The keyboard's place in a list of which only a part is in the document: the message that has the focus stays in it
 * wherever one scrolls.
 */
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Row } from './rows.ts';

/** What the keyboard does in the list. */
export interface RovingFocus {
  /** To the next message below (1) or above (-1); at first to the first visible one. */
  move: (by: 1 | -1) => void;
  /** To the message that had it, or else to the list as a whole. */
  focusList: () => void;
  /** Opens the conversation of the focused message; false where none has the focus. */
  openFocused: () => boolean;
}

interface FocusedList {
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly Row[];
  /** The index of the first visible row. */
  eye: () => number;
}

/** What lies over the top of the list. */
const coveredPx = 40;

/** Moves the focus through the messages; `mounted` are the rows that have to stay in the document for it. */
export function useRovingFocus({ scroller, rows, eye }: FocusedList): RovingFocus & { mounted: number[] } {
  // An object of its own each time: the focus may have left the message that it is to go to again.
  const [active, setActive] = useState<{ key: string } | null>(null);
  const isMoving = useRef(false);
  const place = useMemo(() => rows.findIndex(({ key }) => key === active?.key), [rows, active]);
  useFocusIn(scroller, setActive);
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    const message = active === null ? null : messageIn(scroller.current, active.key);
    message?.focus({ preventScroll: true });
    if (message !== null) bringIntoView(message, scroller.current);
  });
  return {
    move: (by) => {
      const isInside = scroller.current?.contains(document.activeElement) === true && place !== -1;
      let next = isInside ? place + by : eye();
      while (rows[next] !== undefined && rows[next]?.kind !== 'message') next += isInside ? by : 1;
      const row = rows[next];
      if (row === undefined) return;
      isMoving.current = true;
      setActive({ key: row.key });
    },
    focusList: () => {
      const message = active === null ? null : messageIn(scroller.current, active.key);
      (message ?? scroller.current)?.focus({ preventScroll: true });
    },
    openFocused: () => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || focused.dataset['message'] === undefined) return false;
      focused.querySelector<HTMLElement>('.kith-message-time')?.click();
      return true;
    },
    mounted: place === -1 ? [] : [place],
  };
}

/** A message that was clicked, or reached by Tab, is where the keys go on from. */
function useFocusIn(scroller: FocusedList['scroller'], setActive: (active: { key: string }) => void) {
  useEffect(() => {
    const element = scroller.current;
    const onFocusIn = ({ target }: FocusEvent) => {
      const message = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
      const key = message?.dataset['message'];
      if (key !== undefined) setActive({ key });
    };
    element?.addEventListener('focusin', onFocusIn);
    return () => element?.removeEventListener('focusin', onFocusIn);
  }, [scroller, setActive]);
}

function messageIn(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`) ?? null;
}

function bringIntoView(message: HTMLElement, scroller: HTMLElement | null): void {
  if (scroller === null) return;
  const area = scroller.getBoundingClientRect();
  const box = message.getBoundingClientRect();
  const above = box.top - area.top - coveredPx;
  const below = box.bottom - area.bottom;
  if (above < 0) scroller.scrollTop += above;
  else if (below > 0) scroller.scrollTop += Math.min(below, above);
}
