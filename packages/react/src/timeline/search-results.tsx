import type { Channel, MessageHit } from '@kith/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { messageKeys } from '../hooks/query-keys.ts';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { Moment } from '../parts/moment.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { EmptyNotice, FailureNotice } from '../parts/notices.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { useRead } from '../provider/kith-context.ts';
import { nameOf } from '../words/message-words.ts';
import { ConversationLink } from './conversation-link.tsx';

interface Search {
  recordId: string;
  query: string;
  channels: readonly Channel[];
}

/** The record's messages that have the words, best of the newest first; each leads to where it was said. */
export function SearchResults(search: Search) {
  const found = useSearch(search);
  const hits = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.isPending) return <SkeletonRows rows={6} what="what was found" />;
  if (found.isLoadingError) {
    return <FailureNotice err={found.error} onRetry={() => void found.refetch()} />;
  }
  const isNothing = hits.length === 0 && !found.hasNextPage;
  return (
    <>
      <p className="kith-visually-hidden" role="status">
        {isNothing ? 'Nothing found' : `${hits.length} messages found so far`}
      </p>
      {isNothing && (
        <EmptyNotice title="Nothing found">
          No message with this record says “{search.query}”. Try fewer words, or a part of a name.
        </EmptyNotice>
      )}
      <ul className="kith-hits">
        {hits.map((hit) => (
          <Hit key={hit.message.id} hit={hit} />
        ))}
      </ul>
      {found.hasNextPage && (
        <MoreButton
          isLoading={found.isFetchingNextPage}
          hasFailed={found.isFetchNextPageError}
          onMore={() => void found.fetchNextPage()}
        />
      )}
    </>
  );
}

function useSearch({ recordId, query, channels }: Search) {
  const read = useRead();
  return useInfiniteQuery({
    queryKey: messageKeys.search({ recordId, query, channels }),
    queryFn: ({ pageParam, signal }) =>
      read.messages.search.query(
        {
          recordId,
          query,
          ...(channels.length === 0 ? {} : { channels: [...channels] }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function Hit({ hit: { message, fragments } }: { hit: MessageHit }) {
  return (
    <li>
      <ConversationLink
        to={{ conversationId: message.conversationId, messageId: message.id }}
        className="kith-hit"
      >
        <span className="kith-hit-head">
          <ChannelMark channel={message.channel} />
          <span className="kith-name">{nameOf(message.sender)}</span>
          {message.subject !== null && <span className="kith-hit-subject">{message.subject}</span>}
          <Moment at={message.sentAt} />
        </span>
        {fragments
          .filter(({ field }) => field !== 'subject' || fragments.length === 1)
          .map(({ field, parts }, index) => (
            <span key={index} className="kith-hit-text">
              {field === 'person' && <span className="kith-hint">names </span>}
              {parts.map(({ text, match }, part) =>
                match ? <mark key={part}>{text}</mark> : <span key={part}>{text}</span>,
              )}
            </span>
          ))}
      </ConversationLink>
    </li>
  );
}
