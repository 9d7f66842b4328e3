import type { Conversation, Message } from '@kith/client';
import { useNow } from '../hooks/use-now.ts';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { dayName } from '../words/dates.ts';
import { ConversationHeading } from './conversation-heading.tsx';
import { MessageItem } from './message-item.tsx';
import type { EdgeRow, Row } from './rows.ts';
import type { Edge } from './use-timeline.ts';

/** What rows show besides themselves. */
export interface RowSurroundings {
  conversations: ReadonlyMap<string, Conversation>;
  messages: ReadonlyMap<string, Message>;
  arrivedIds: ReadonlySet<string>;
  newer: Edge;
  older: Edge;
}

/** A row of the timeline. */
export function RowView({ row, around }: { row: Row; around: RowSurroundings }) {
  switch (row.kind) {
    case 'day':
      return <DayLine day={row.day} sentAt={row.sentAt} />;
    case 'conversation':
      return (
        <ConversationHeading
          messages={row.messages}
          conversation={around.conversations.get(row.messages[0]?.conversationId ?? '')}
        />
      );
    case 'message':
      return (
        <MessageItem
          message={row.message}
          answered={around.messages.get(row.message.repliesTo ?? '')}
          hasArrived={around.arrivedIds.has(row.key)}
        />
      );
    case 'newer':
    case 'older':
      return <LoadingRow kind={row.kind} edge={around[row.kind]} />;
    case 'end':
      return <p className="kith-timeline-end">This is where it begins: there are no earlier messages.</p>;
  }
}

/** The day of the messages below it. */
export function DayLine({ day, sentAt }: { day: string; sentAt: string }) {
  return (
    <h3 className="kith-day-line">
      <time dateTime={day}>{dayName(sentAt, useNow())}</time>
    </h3>
  );
}

function LoadingRow({ kind, edge }: { kind: Exclude<EdgeRow['kind'], 'end'>; edge: Edge }) {
  if (!edge.hasFailed) return <SkeletonRows rows={3} what={`${kind} messages`} />;
  return (
    <p className="kith-timeline-end" role="alert">
      {kind === 'older' ? 'Earlier' : 'Later'} messages could not be loaded.{' '}
      <button type="button" className="kith-button" onClick={edge.load}>
        Try again
      </button>
    </p>
  );
}
