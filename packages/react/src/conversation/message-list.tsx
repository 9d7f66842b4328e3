/*
 * The messages of a conversation, of which only those near the view are in the page. It begins at the newest or at the
 * message that was asked for, reads on at both ends, and never moves what is being read.
 */
import type { Channel, Message } from '@kith/client';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useNow } from '../hooks/use-now.ts';
import { dayName } from '../words/dates.ts';
import { ChatMessage } from './chat-message.tsx';
import { EndOfList, type Reading } from './end-of-list.tsx';
import { MailMessage } from './mail-message.tsx';
import { readingRows, type ReadingRow } from './reading-rows.ts';
import { useScrolling } from './use-scrolling.ts';

interface MessageListProps {
  channel: Channel;
  items: readonly Message[];
  messageId?: string;
  recordId?: string;
  older: Reading;
  newer: Reading;
}

/** The height of what stands above the first message, as the style sheet has it, with words and without. */
const topPixels = { told: 40, empty: 8 };

/** Of so few messages one sees for oneself where they begin. */
const shortMax = 20;

/** A thread of at most so many messages is shown unfolded. */
const unfoldedMax = 3;

/** The messages, in reading order. */
export function MessageList({ channel, items, messageId, recordId, older, newer }: MessageListProps) {
  const rows = useMemo(() => readingRows(items, channel), [items, channel]);
  const list = useRef<VirtualizerHandle>(null);
  const tellsBegin = older.isThere || items.length > shortMax;
  const scroller = useRef<HTMLDivElement>(null);
  const hasGrownAtStart = useGrowthAtStart(rows);
  const answered = useMemo(() => new Map(items.map((message) => [message.id, message])), [items]);
  const opensFrom = useOpensFrom(items, {
    isWhole: !older.isThere && !newer.isThere,
    isAtEnd: !newer.isThere,
  });
  const begin = messageId === undefined ? rows.length - 1 : rows.findIndex((row) => row.key === messageId);
  const scrolling = useScrolling({
    list,
    rows,
    begin,
    align: channel === 'email' ? 'start' : 'end',
    older,
    newer,
  });
  return (
    <div className="kith-messages">
      <div
        ref={scroller}
        className="kith-messages-scroller"
        role="region"
        aria-label="Messages"
        // A keyboard scrolls only what it can be in.
        tabIndex={0}
      >
        <EndOfList
          reading={older}
          more="Earlier messages"
          end={tellsBegin ? 'The conversation begins here' : ''}
        />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          startMargin={tellsBegin ? topPixels.told : topPixels.empty}
          shift={hasGrownAtStart}
          bufferSize={600}
          onScroll={scrolling.onScroll}
        >
          {rows.map((row) => (
            <div key={row.key} className="kith-reading-row">
              {row.kind === 'day' ? (
                <Day at={row.at} />
              ) : channel === 'email' ? (
                <MailMessage
                  message={row.message}
                  isOpenAtFirst={row.key === messageId || row.message.sentAt >= opensFrom}
                  isSought={row.key === messageId}
                />
              ) : (
                <ChatMessage
                  {...row}
                  answered={answered.get(row.message.repliesTo ?? '')}
                  isSought={row.key === messageId}
                  {...(recordId === undefined ? {} : { recordId })}
                />
              )}
            </div>
          ))}
        </Virtualizer>
        {newer.isThere && <EndOfList reading={newer} more="Later messages" end="" />}
      </div>
      <p className="kith-visually-hidden" aria-live="polite">
        {scrolling.arrived}
      </p>
      {scrolling.isAway && (
        <button type="button" className="kith-button kith-to-newest" onClick={scrolling.toNewest}>
          {scrolling.hasUnseen ? 'New message' : 'To the newest'} <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}

function Day({ at }: { at: string }) {
  const now = useNow();
  return <h3 className="kith-day">{dayName(at, now)}</h3>;
}

/** Whether rows were put before those that were there: only then is the place kept by its distance from the end. */
function useGrowthAtStart(rows: readonly ReadingRow[]): boolean {
  const last = useRef<string | undefined>(undefined);
  const firstMessage = rows.find((row) => row.kind === 'message')?.key;
  const before = last.current;
  useLayoutEffect(() => {
    last.current = firstMessage;
  }, [firstMessage]);
  return before !== undefined && before !== firstMessage && rows.some((row) => row.key === before);
}

/**
 * From when on mails are unfolded: all of a short thread, else the newest and what arrives. It is decided once, so that
 * a mail which arrives folds none that is being read.
 */
function useOpensFrom(items: readonly Message[], has: { isWhole: boolean; isAtEnd: boolean }): string {
  const [from] = useState(() => {
    if (has.isWhole && items.length <= unfoldedMax) return '';
    return has.isAtEnd ? (items.at(-1)?.sentAt ?? '') : '9999';
  });
  return from;
}
