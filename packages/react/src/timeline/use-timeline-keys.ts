/* What the keyboard does in a timeline. Letters are shortcuts only where nobody is typing. */
import { type RefObject, useEffect, useRef } from 'react';
import { isTyping } from '../provider/typing.ts';

/** What keys ask for; each answers false where there is nothing to do, and the key stays the browser's. */
export interface TimelineActions {
  move: (by: 1 | -1) => void;
  openFocused: () => boolean;
  search: () => void;
  filterChannels: () => void;
  filterParticipants: () => void;
  showNewest: () => void;
  /** Leaves what was opened or looked for. */
  leave: () => boolean;
}

/** Listens within `element`, or wherever the focus is in a page that is the timeline's. */
export function useTimelineKeys(
  element: RefObject<HTMLElement | null>,
  { actions, isEverywhere }: { actions: TimelineActions; isEverywhere: boolean },
): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const target = isEverywhere ? window : element.current;
    const onKey = (event: Event) => {
      if (event instanceof KeyboardEvent && press(event, current.current)) event.preventDefault();
    };
    target?.addEventListener('keydown', onKey);
    return () => target?.removeEventListener('keydown', onKey);
  }, [element, isEverywhere]);
}

/** Whether the key was for the timeline. */
function press(event: KeyboardEvent, actions: TimelineActions): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isInOverlay(event.target)) return false;
  if (event.key === 'Escape') return actions.leave();
  if (isTyping(event.target)) return false;
  if (event.key === 'Enter') return isMessage(event.target) && actions.openFocused();
  if (event.key === 'o') return actions.openFocused();
  if (event.key.startsWith('Arrow') && !isMessage(event.target)) return false;
  const act = keys[event.key];
  act?.(actions);
  return act !== undefined;
}

const keys: Readonly<Record<string, (actions: TimelineActions) => void>> = {
  j: ({ move }) => move(1),
  ArrowDown: ({ move }) => move(1),
  k: ({ move }) => move(-1),
  ArrowUp: ({ move }) => move(-1),
  '/': ({ search }) => search(),
  c: ({ filterChannels }) => filterChannels(),
  f: ({ filterParticipants }) => filterParticipants(),
  n: ({ showNewest }) => showNewest(),
};

const isMessage = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.dataset['message'] !== undefined;

/** A dialog or a menu has keys of its own. */
const isInOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
