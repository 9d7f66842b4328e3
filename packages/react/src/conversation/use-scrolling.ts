import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { nameOf } from '../words/message-words.ts';
import type { Reading } from './end-of-list.tsx';
import type { ReadingRow } from './reading-rows.ts';

/** Nearer than this to an end, the list reads on. */
const readOnPixels = 800;
/** Nearer than this to the newest message, one follows what arrives. */
const atEndPixels = 120;

interface Scrolled {
  list: RefObject<VirtualizerHandle | null>;
  rows: readonly ReadingRow[];
  /** The row to begin at. */
  begin: number;
  align: 'start' | 'end';
  older: Reading;
  newer: Reading;
}

/** Begins at a row, reads on near the ends, and follows the newest while one is there. */
export function useScrolling({ list, rows, begin, align, older, newer }: Scrolled) {
  const [isAway, setAway] = useState(false);
  const [hasUnseen, setUnseen] = useState(false);
  const [arrived, setArrived] = useState('');
  const isAwayNow = useRef(false);
  const newest = rows.at(-1);
  const beginAt = useRef({ begin, align });
  useLayoutEffect(() => {
    if (beginAt.current.begin < 0) return;
    list.current?.scrollToIndex(beginAt.current.begin, { align: beginAt.current.align });
  }, [list]);
  const newestKey = useRef(newest?.key);
  useEffect(() => {
    if (newest === undefined || newest.key === newestKey.current) return;
    newestKey.current = newest.key;
    if (newest.kind !== 'message' || newer.isThere) return;
    setArrived(`New message from ${nameOf(newest.message.sender)}`);
    if (isAwayNow.current) setUnseen(true);
    else list.current?.scrollToIndex(rows.length - 1, { align });
  }, [list, newest, newer.isThere, rows.length, align]);
  const toEnd = () => list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
  return {
    isAway,
    hasUnseen,
    arrived,
    toNewest: toEnd,
    onScroll: (offset: number) => {
      const handle = list.current;
      if (handle === null) return;
      const below = handle.scrollSize - offset - handle.viewportSize;
      isAwayNow.current = below > atEndPixels;
      setAway(below > handle.viewportSize);
      if (below <= atEndPixels) setUnseen(false);
      if (offset < readOnPixels) readOn(older);
      if (below < readOnPixels) readOn(newer);
    },
  };
}

function readOn(reading: Reading): void {
  if (reading.isThere && !reading.isLoading && !reading.hasFailed) reading.load();
}
