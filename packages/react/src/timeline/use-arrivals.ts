import type { Message } from '@kith/client';
import { useCallback, useMemo, useState } from 'react';
import { compareMessages, type MessageWindow } from './message-window.ts';

/** What came in while the timeline was open. */
export interface Arrivals {
  /** Those that are marked for a moment. */
  ids: ReadonlySet<string>;
  latest: Message | null;
  /** How many are above a reader who has scrolled down. */
  unseen: number;
  /** Hears of messages that arrived, which may lie in front of what is loaded. */
  onMessages: (messages: readonly Message[]) => void;
}

/** The newest message at some moment: null where there was none, undefined while that is not known. */
type Newest = Message | null | undefined;

const none: ReadonlySet<string> = new Set();

/** Tells new messages from those that were there at first, and from those that the reader has seen. */
export function useArrivals(window: MessageWindow | undefined, isAtTop: boolean): Arrivals {
  const [opened, setOpened] = useState<Newest>(undefined);
  const [seen, setSeen] = useState<Newest>(undefined);
  const [beyond, setBeyond] = useState<ReadonlySet<string>>(none);
  const newest: Newest = window === undefined || window.hasNewer ? undefined : (window.items[0] ?? null);
  // State is adjusted while rendering, without a second paint: what is shown at the top is seen at once.
  if (newest !== undefined) {
    if (opened === undefined) setOpened(newest);
    if (isAtTop && newest?.id !== seen?.id) setSeen(newest);
    if (isAtTop && beyond.size > 0) setBeyond(none);
  }
  const front = window?.hasNewer === true ? window.items[0] : undefined;
  const onMessages = useCallback(
    (messages: readonly Message[]) => {
      const inFront = front === undefined ? [] : messages.filter((one) => compareMessages(one, front) < 0);
      if (inFront.length > 0) setBeyond((known) => new Set([...known, ...inFront.map(({ id }) => id)]));
    },
    [front],
  );
  const arrived = useMemo(() => newerThan(window, opened), [window, opened]);
  const ids = useMemo(() => new Set(arrived.map(({ id }) => id)), [arrived]);
  return {
    ids,
    latest: arrived[0] ?? null,
    unseen: isAtTop ? 0 : newerThan(window, seen).length + beyond.size,
    onMessages,
  };
}

function newerThan(window: MessageWindow | undefined, than: Newest): readonly Message[] {
  if (window === undefined || than === undefined) return [];
  const end = than === null ? -1 : window.items.findIndex((item) => compareMessages(item, than) >= 0);
  return end === -1 ? window.items : window.items.slice(0, end);
}
