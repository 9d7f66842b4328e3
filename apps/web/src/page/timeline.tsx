import { useMemo } from 'react';
import { clockTime, dayName, groupByDay } from './dates.ts';
import type { Message } from './kith.tsx';
import { MessageItem } from './message-item.tsx';
import { MoreButton } from './more-button.tsx';
import { EmptyNotice, FailureNotice, LoadingNotice, StaleBanner } from './notices.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useTimeline } from './use-timeline.ts';

/** Every message with a record, of all channels, newest first. */
export function Timeline({ recordId, hasParticipants }: { recordId: string; hasParticipants: boolean }) {
  const timeline = useTimeline(recordId);
  const messages = timeline.data?.pages.flatMap((page) => page.items);
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {timeline.isPending && <LoadingNotice what="messages" />}
      {timeline.isLoadingError && (
        <FailureNotice err={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isRefetchError && <StaleBanner err={timeline.error} />}
      {messages?.length === 0 && <NoMessages hasParticipants={hasParticipants} />}
      {messages !== undefined && <Days messages={messages} />}
      {timeline.hasNextPage && (
        <MoreButton
          isLoading={timeline.isFetchingNextPage}
          hasFailed={timeline.isFetchNextPageError}
          onMore={() => void timeline.fetchNextPage()}
        />
      )}
    </section>
  );
}

function Days({ messages }: { messages: readonly Message[] }) {
  const arrivals = useArrivals(messages);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const now = new Date();
  return (
    <>
      <p ref={arrivals.topRef} className="visually-hidden" role="status">
        {arrivals.latest !== null && announcement(arrivals.latest)}
      </p>
      {arrivals.unseen > 0 && (
        <p className="unseen">
          <button type="button" onClick={arrivals.showTop}>
            {arrivals.unseen === 1 ? '1 new message' : `${arrivals.unseen} new messages`}
          </button>
        </p>
      )}
      {groupByDay(messages).map(({ day, items }) => (
        <section key={day} className="day" aria-labelledby={`day-${day}`}>
          <h3 id={`day-${day}`}>
            <time dateTime={day}>{dayName(items[0]?.sentAt ?? day, now)}</time>
          </h3>
          <ol>
            {items.map((message) => (
              <MessageItem
                key={message.id}
                message={message}
                answered={byId.get(message.repliesTo ?? '')}
                hasArrived={arrivals.ids.has(message.id)}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function announcement(message: Message): string {
  const who = message.sender.displayName ?? message.sender.identifier ?? 'somebody';
  return `New message from ${who} at ${clockTime(message.sentAt)}`;
}

function NoMessages({ hasParticipants }: { hasParticipants: boolean }) {
  return (
    <EmptyNotice title="No messages yet">
      {hasParticipants
        ? 'They appear here by themselves as they arrive. To fetch older ones, run kith sync with this record’s id.'
        : 'Messages appear here once somebody with one of the identifiers writes, or is written to.'}
    </EmptyNotice>
  );
}
