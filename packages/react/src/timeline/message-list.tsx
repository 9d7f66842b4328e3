/*
 * The messages of a timeline in an area that scrolls by itself. Only the rows near what is visible are in the document,
 * both ends load before one comes to them, and nothing that comes or goes out of sight moves what one reads.
 */
import { type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { MessageWindow } from './message-window.ts';
import { DayLine, type RowSurroundings, RowView } from './row-view.tsx';
import { type Row, rowsOf } from './rows.ts';
import { type RovingFocus, useRovingFocus } from './use-roving-focus.ts';
import { useSteadyRows } from './use-steady-rows.ts';

export interface MessageListHandle extends RovingFocus {
  scrollToTop: () => void;
}

export interface MessageListProps {
  ref: Ref<MessageListHandle>;
  window: MessageWindow;
  around: Omit<RowSurroundings, 'messages'>;
  /** Before which instant to begin; null at the top. */
  until: string | null;
  /** Hears whether the newest message is visible, so far as it is loaded. */
  onAtTop: (isAtTop: boolean) => void;
}

/** Pages are loaded when what is loaded ends this near to what is visible. */
const loadWithinPx = 1_500;
/** Rows are in the document when they are this near to what is visible. */
const bufferPx = 600;
/** So far from the top one still is there. */
const topPx = 4;

/** The rows of a window of messages. */
export function MessageList({ ref, window, around, until, onAtTop }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const wanted = useMemo(() => rowsOf(window), [window]);
  // By the rows that are shown: at the top of what is loaded one waits for what is newer, and must not be taken past it.
  const isAtTop = (shown: readonly Row[]) =>
    (list.current?.scrollOffset ?? 0) < topPx && shown[0]?.kind !== 'newer';
  const eyeOf = () => list.current?.findItemIndex(list.current.scrollOffset) ?? 0;
  const { rows, shift } = useSteadyRows(wanted, (shown) => (isAtTop(shown) ? null : eyeOf()));
  const [day, setDay] = useState<string | null>(null);
  const focus = useRovingFocus({ scroller, rows, eye: eyeOf });
  useImperativeHandle(ref, () => ({
    move: focus.move,
    focusList: focus.focusList,
    openFocused: focus.openFocused,
    scrollToTop: () => list.current?.scrollTo(0),
  }));
  const start = useStart(list, rows, until);
  const look = () => {
    const handle = list.current;
    if (handle === null) return;
    setDay(rows[eyeOf()]?.day ?? null);
    onAtTop(isAtTop(rows));
    const { newer, older } = around;
    const isNear = { newer: handle.scrollOffset < loadWithinPx, older: leftBelow(handle) < loadWithinPx };
    if (isNear.newer && window.hasNewer && !newer.hasFailed && start.isReached()) newer.load();
    if (isNear.older && window.hasOlder && !older.hasFailed) older.load();
  };
  useLayoutEffect(look, [rows]);
  const messages = useMemo(() => new Map(window.items.map((item) => [item.id, item])), [window]);
  const surroundings = { ...around, messages };
  return (
    <div className="kith-timeline-list">
      <CurrentDay day={day} rows={rows} />
      <div ref={scroller} className="kith-timeline-scroller" tabIndex={0} role="group" aria-label="Messages">
        <Virtualizer
          ref={list}
          data={rows}
          shift={shift}
          bufferSize={bufferPx}
          keepMounted={focus.mounted}
          onScroll={look}
          onResize={look}
          onScrollEnd={() => {
            start.reach();
            look();
          }}
        >
          {(row) => <RowView key={row.key} row={row} around={surroundings} />}
        </Virtualizer>
      </div>
    </div>
  );
}

const leftBelow = ({ scrollSize, scrollOffset, viewportSize }: VirtualizerHandle): number =>
  scrollSize - scrollOffset - viewportSize;

/** Begins at the first day that is not after the instant. Until that is reached, nothing may come above it. */
function useStart(list: { current: VirtualizerHandle | null }, rows: readonly Row[], until: string | null) {
  const hasStarted = useRef(false);
  const isReached = useRef(until === null);
  useLayoutEffect(() => {
    if (hasStarted.current || until === null) return;
    hasStarted.current = true;
    const start = rows.findIndex((row) => row.kind === 'day' && row.sentAt < until);
    if (start > 0) list.current?.scrollToIndex(start, { align: 'start' });
    else isReached.current = true;
  });
  return {
    isReached: () => isReached.current,
    reach: () => {
      isReached.current = true;
    },
  };
}

/** The day of what is at the top stays there while its messages scroll away. */
function CurrentDay({ day, rows }: { day: string | null; rows: readonly Row[] }) {
  const line = rows.find((row) => row.kind === 'day' && (day === null || row.day === day));
  if (line?.kind !== 'day') return null;
  return (
    <div className="kith-day-now" aria-hidden="true">
      <DayLine day={line.day} sentAt={line.sentAt} />
    </div>
  );
}
