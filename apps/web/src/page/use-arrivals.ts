import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Message } from './kith.tsx';

/** What came in while the timeline was open. `unseen` counts what is above a reader who has scrolled down. */
export interface Arrivals {
  ids: ReadonlySet<string>;
  latest: Message | null;
  unseen: number;
  topRef: RefObject<HTMLParagraphElement | null>;
  showTop: () => void;
}

/** Tells new messages from those that were there at first, and from those that the reader has seen. */
export function useArrivals(messages: readonly Message[]): Arrivals {
  const newest = messages[0]?.sentAt ?? '';
  const [opened] = useState(newest);
  const [seen, setSeen] = useState(newest);
  const { topRef, isAtTop } = useAtTop();
  // What is shown at the top is seen at once; the state is adjusted while rendering, without a second paint.
  if (isAtTop && seen !== newest) setSeen(newest);
  const arrived = messages.filter((message) => message.sentAt > opened);
  return {
    ids: new Set(arrived.map((message) => message.id)),
    latest: arrived[0] ?? null,
    unseen: isAtTop ? 0 : arrived.filter((message) => message.sentAt > seen).length,
    topRef,
    showTop: () => topRef.current?.closest('main')?.scrollTo({ top: 0 }),
  };
}

function useAtTop() {
  const topRef = useRef<HTMLParagraphElement>(null);
  const [isAtTop, setAtTop] = useState(true);
  useEffect(() => {
    if (topRef.current === null) return;
    const observer = new IntersectionObserver((entries) => setAtTop(entries.at(-1)?.isIntersecting ?? true));
    observer.observe(topRef.current);
    return () => observer.disconnect();
  }, []);
  return { topRef, isAtTop };
}
