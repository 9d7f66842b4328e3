import type { Channel, Conversation } from '@kith/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { linkKeys } from '../hooks/query-keys.ts';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { Moment } from '../parts/moment.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { EmptyNotice, FailureNotice, StaleBanner } from '../parts/notices.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { useRead } from '../provider/kith-context.ts';
import { messagesInWords } from '../conversation/conversation-words.ts';
import { conversationTitle, othersInWords } from '../words/conversation-words.ts';
import { WhyButton } from '../why/why-button.tsx';
import { ConversationLink } from './conversation-link.tsx';

interface Listed {
  recordId: string;
  channels: readonly Channel[];
}

/** The record's conversations, newest activity first. */
export function ConversationList({ recordId, channels }: Listed) {
  const list = useRecordConversations({ recordId, channels });
  const conversations = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <SkeletonRows rows={8} what="conversations" />;
  if (list.isLoadingError) return <FailureNotice err={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      {list.isRefetchError && <StaleBanner err={list.error} />}
      {conversations.length === 0 && (
        <EmptyNotice title="No conversations">
          {channels.length === 0
            ? 'They appear here once somebody with one of the identifiers writes, or is written to.'
            : 'There is none on the chosen channels.'}
        </EmptyNotice>
      )}
      <ul aria-label="Conversations">
        {conversations.map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} recordId={recordId} />
        ))}
      </ul>
      {list.hasNextPage && (
        <MoreButton
          isLoading={list.isFetchingNextPage}
          hasFailed={list.isFetchNextPageError}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </>
  );
}

function useRecordConversations({ recordId, channels }: Listed) {
  const read = useRead();
  return useInfiniteQuery({
    queryKey: linkKeys.recordConversations(recordId, { channels }),
    queryFn: ({ pageParam, signal }) =>
      read.records.conversations.query(
        {
          recordId,
          ...(channels.length === 0 ? {} : { channels: [...channels] }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function ConversationRow({ conversation, recordId }: { conversation: Conversation; recordId: string }) {
  const { id, channel, participants, participantCount } = conversation;
  const linked = participants.filter((participant) => participant.recordId === recordId);
  return (
    <li className="kith-listed">
      <ConversationLink to={{ conversationId: id }} className="kith-listed-link">
        <ChannelMark channel={channel} />
        <span className="kith-listed-title">{conversationTitle(conversation)}</span>
        <Moment at={conversation.lastMessageAt} />
        <span className="kith-listed-preview">{conversation.preview}</span>
      </ConversationLink>
      <span className="kith-listed-facts">
        {channel === 'email' && <span>{othersInWords(participants, participantCount)}</span>}
        <span>{messagesInWords(conversation.messageCount)}</span>
        {linked.length > 0 && <WhyButton participants={linked} />}
      </span>
    </li>
  );
}
