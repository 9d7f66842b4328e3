import { useQueryClient } from '@tanstack/react-query';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { Message } from '@kith/client';
import { EmptyNotice, FailureNotice, StaleBanner } from '../parts/notices.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { clockTime } from '../words/dates.ts';
import { nameOf } from '../words/message-words.ts';
import { MessageList, type MessageListHandle } from './message-list.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useConversations } from './use-conversations.ts';
import type { RecordDetails } from './use-record.ts';
import type { RovingFocus } from './use-roving-focus.ts';
import { type TimelineView, timelineKey, useTimeline } from './use-timeline.ts';

/** What the timeline asks of its messages. */
export interface MessagePanelHandle extends RovingFocus {
  showNewest: () => void;
  /** Hears of messages that arrived. */
  onMessages: (messages: readonly Message[]) => void;
}

export interface MessagePanelProps {
  ref: Ref<MessagePanelHandle>;
  view: TimelineView;
  record: RecordDetails | undefined;
  /** Something else is looked at in its place; it keeps its own for later. */
  isCovered: boolean;
  onShowNewest: () => void;
  onShowAll: () => void;
}

/** The messages of a view, or what there is to say of them. */
export function MessagePanel({ ref, view, record, isCovered, onShowNewest, onShowAll }: MessagePanelProps) {
  const { query, newer, older } = useTimeline(view);
  const window = query.data;
  const [isAtTop, setAtTop] = useState(true);
  const arrivals = useArrivals(window, isAtTop);
  const conversations = useConversations(window);
  const list = useRef<MessageListHandle>(null);
  const { turn, showNewest } = useNewest(view, { isCut: window?.hasNewer ?? false, list });
  useImperativeHandle(ref, () => ({
    move: (by) => list.current?.move(by),
    focusList: () => list.current?.focusList(),
    openFocused: () => list.current?.openFocused() ?? false,
    showNewest,
    onMessages: arrivals.onMessages,
  }));
  const isEmpty = window?.items.length === 0;
  return (
    <div className="kith-timeline-messages" inert={isCovered} aria-busy={query.isFetching}>
      <p className="kith-visually-hidden" role="status">
        {arrivals.latest !== null && announcement(arrivals.latest)}
      </p>
      {query.isPending && <SkeletonRows rows={8} what="messages" />}
      {query.isLoadingError && <FailureNotice err={query.error} onRetry={() => void query.refetch()} />}
      {query.isRefetchError && <StaleBanner err={query.error} />}
      {isEmpty && <NoMessages view={view} record={record} onShowAll={onShowAll} />}
      {window !== undefined && !isEmpty && (
        <>
          <NewestButton unseen={arrivals.unseen} isCut={window.hasNewer} onShow={onShowNewest} />
          <MessageList
            key={`${timelineKey(view)
              .map((part) => JSON.stringify(part))
              .join()} ${turn}`}
            ref={list}
            window={window}
            around={{ conversations, arrivedIds: arrivals.ids, newer, older }}
            until={view.until}
            onAtTop={setAtTop}
          />
        </>
      )}
    </div>
  );
}

/** Back to the newest message: where what is loaded does not reach it, the list begins anew. */
function useNewest(
  view: TimelineView,
  { isCut, list }: { isCut: boolean; list: { current: MessageListHandle | null } },
) {
  const cache = useQueryClient();
  const [turn, setTurn] = useState(0);
  const showNewest = () => {
    if (view.until !== null) {
      // What is kept of the view that begins at the newest message may have been cut by now.
      cache.removeQueries({ queryKey: timelineKey({ ...view, until: null }), exact: true });
    } else if (isCut) {
      setTurn(turn + 1);
      void cache.resetQueries({ queryKey: timelineKey(view), exact: true });
    } else {
      list.current?.scrollToTop();
    }
  };
  return { turn, showNewest };
}

/** Leads up to what is new, or back from a date. */
function NewestButton(props: { unseen: number; isCut: boolean; onShow: () => void }) {
  const { unseen, isCut, onShow } = props;
  if (unseen === 0 && !isCut) return null;
  const words = unseen === 0 ? 'Newest messages' : unseen === 1 ? '1 new message' : `${unseen} new messages`;
  return (
    <p className="kith-newest">
      <button type="button" onClick={onShow}>
        <span aria-hidden="true">↑ </span>
        {words}
      </button>
    </p>
  );
}

function announcement(message: Message): string {
  return `New message from ${nameOf(message.sender)} at ${clockTime(message.sentAt)}`;
}

function NoMessages({ view, record, onShowAll }: Pick<MessagePanelProps, 'view' | 'record' | 'onShowAll'>) {
  const { filter, until } = view;
  if (filter.channels.length > 0 || filter.participantIds.length > 0 || until !== null) {
    return (
      <>
        <EmptyNotice title="No messages">Nothing was said in what you chose.</EmptyNotice>
        <button type="button" className="kith-button" onClick={onShowAll}>
          Show everything
        </button>
      </>
    );
  }
  return (
    <EmptyNotice title="No messages yet">
      {(record?.participantCount ?? 0) > 0
        ? 'They appear here by themselves as they arrive. Older ones can be fetched from the accounts.'
        : 'Messages appear here once somebody with one of the identifiers writes, or is written to.'}
    </EmptyNotice>
  );
}
