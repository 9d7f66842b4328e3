/*
 * A whole email thread or chat. It fills the height that its place gives it and scrolls by itself, so that who takes part
 * stays in view, and a thread of thousands costs what is seen of it.
 */
import { type Conversation, kithError } from '@kith/client';
import { useWorkspaceEvents } from '../hooks/use-workspace-events.ts';
import { EmptyNotice, FailureNotice, StaleBanner } from '../parts/notices.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import type { ConversationViewProps } from './conversation-view.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { MessageList } from './message-list.tsx';
import { Remembering } from './remembered.tsx';
import { useConversation } from './use-conversation.ts';
import { useLiveMessages } from './use-live-messages.ts';
import { useMessageWindow, windowKey } from './use-message-window.ts';

/** A whole email thread or chat: who takes part, and every message. */
export function WholeConversation({ conversationId, messageId, recordId }: ConversationViewProps) {
  const conversation = useConversation(conversationId);
  useWorkspaceEvents('links');
  if (conversation.isPending) {
    return (
      <section className="kith-conversation" aria-label="Conversation">
        <SkeletonRows rows={6} what="the conversation" />
      </section>
    );
  }
  if (conversation.isLoadingError) {
    return (
      <section className="kith-conversation" aria-label="Conversation">
        {kithError(conversation.error)?.code === 'conversation_not_found' ? (
          <EmptyNotice title="There is no such conversation">
            Its messages may have been erased. Choose another from the page of a record.
          </EmptyNotice>
        ) : (
          <FailureNotice err={conversation.error} onRetry={() => void conversation.refetch()} />
        )}
      </section>
    );
  }
  return (
    <section className="kith-conversation" aria-label="Conversation">
      <ConversationHeader
        conversation={conversation.data}
        {...(recordId === undefined ? {} : { recordId })}
      />
      {/* Another message to show first is another place to begin at, with nothing remembered. */}
      <Remembering key={`${conversationId} ${messageId ?? ''}`}>
        <Messages
          conversation={conversation.data}
          {...(messageId === undefined ? {} : { messageId })}
          {...(recordId === undefined ? {} : { recordId })}
        />
      </Remembering>
    </section>
  );
}

function Messages(props: { conversation: Conversation; messageId?: string; recordId?: string }) {
  const { conversation, messageId, recordId } = props;
  const messages = useMessageWindow(conversation.id, messageId);
  useLiveMessages({
    conversationId: conversation.id,
    queryKey: windowKey(conversation.id, messageId),
    lastEventId: messages.data?.pages.find((page) => page.lastEventId !== undefined)?.lastEventId,
  });
  if (messages.isPending) return <SkeletonRows rows={6} what="the messages" />;
  if (messages.isLoadingError) {
    return <FailureNotice err={messages.error} onRetry={() => void messages.refetch()} />;
  }
  const items = messages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyNotice title="No messages">What comes in this conversation is shown here by itself.</EmptyNotice>
    );
  }
  return (
    <>
      {messages.isError && !messages.isFetchNextPageError && !messages.isFetchPreviousPageError && (
        <StaleBanner err={messages.error} />
      )}
      <MessageList
        channel={conversation.channel}
        items={items}
        older={{
          isThere: messages.hasOlder,
          isLoading: messages.isFetchingPreviousPage,
          hasFailed: messages.isFetchPreviousPageError,
          load: () => void messages.fetchPreviousPage(),
        }}
        newer={{
          isThere: messages.hasNewer,
          isLoading: messages.isFetchingNextPage,
          hasFailed: messages.isFetchNextPageError,
          load: () => void messages.fetchNextPage(),
        }}
        {...(messageId === undefined ? {} : { messageId })}
        {...(recordId === undefined ? {} : { recordId })}
      />
    </>
  );
}
