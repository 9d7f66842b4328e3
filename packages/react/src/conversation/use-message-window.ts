import type { KithClient } from '@kith/client';
import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { messageKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';
import type { MessagePage, MessagePages, Way } from './message-window.ts';

const pageItems = 40;

/** Where the loaded part of a conversation stands in the cache. */
export function windowKey(conversationId: string, messageId: string | undefined) {
  return messageKeys.conversation(conversationId, { around: messageId ?? 'newest' });
}

/** The messages of a conversation around one of them, or the newest, growing at both ends. */
export function useMessageWindow(
  conversationId: string,
  messageId: string | undefined,
): UseInfiniteQueryResult<MessagePages> & { hasOlder: boolean; hasNewer: boolean } {
  const read = useRead();
  const query = useInfiniteQuery({
    queryKey: windowKey(conversationId, messageId),
    initialPageParam: null as Way | null,
    queryFn: ({ pageParam }) =>
      pageParam === null
        ? readStart(read, conversationId, messageId)
        : readPage(read, conversationId, pageParam),
    getPreviousPageParam: (first: MessagePage) => first.older,
    getNextPageParam: (last: MessagePage) => last.newer,
    // It is kept as it is now by events; to read all pages again would cost more with every page.
    staleTime: Infinity,
    gcTime: 0,
  });
  return { ...query, hasOlder: query.hasPreviousPage, hasNewer: query.hasNextPage };
}

type Read = KithClient['read'];
type Asked = Omit<Way, 'cursor'> & { cursor?: string };

/** The position is read first, so that what happens meanwhile is told again rather than missed. */
async function readStart(read: Read, conversationId: string, messageId?: string): Promise<MessagePage> {
  const { lastEventId } = await read.workspace.eventPosition.query({});
  const sentAt = messageId === undefined ? undefined : await timeOf(read, conversationId, messageId);
  if (sentAt === undefined) {
    return { ...(await readPage(read, conversationId, { order: 'newest' })), lastEventId };
  }
  const [before, after] = await Promise.all([
    readPage(read, conversationId, { order: 'newest', before: sentAt }),
    readPage(read, conversationId, { order: 'oldest', after: sentAt }),
  ]);
  return { items: [...before.items, ...after.items], older: before.older, newer: after.newer, lastEventId };
}

/** When a message was sent; undefined where the conversation does not have it. */
async function timeOf(read: Read, conversationId: string, messageId: string): Promise<string | undefined> {
  const [{ items }, conversation] = await Promise.all([
    read.messages.get.query({ messageIds: [messageId] }),
    read.conversations.get.query({ conversationId }),
  ]);
  return items.find((message) => message.conversationId === conversation.id)?.sentAt;
}

async function readPage(read: Read, conversationId: string, asked: Asked): Promise<MessagePage> {
  const page = await read.conversations.messages.query({ conversationId, limit: pageItems, ...asked });
  const onward = page.nextCursor === null ? null : { ...asked, cursor: page.nextCursor };
  return asked.order === 'newest'
    ? { items: page.items.toReversed(), older: onward, newer: null }
    : { items: page.items, older: null, newer: onward };
}
