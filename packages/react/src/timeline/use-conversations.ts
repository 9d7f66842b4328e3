import type { Conversation } from '@kith/client';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { linkKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';
import type { MessageWindow } from './message-window.ts';

/** `conversations.byIds` takes no more. */
const idsMax = 100;

/**
 * The conversations of the loaded messages, by the ids that these have. Those of a page of messages are read with one
 * call, however many there are.
 */
export function useConversations(window: MessageWindow | undefined): ReadonlyMap<string, Conversation> {
  const read = useRead();
  const lists = useLists(window);
  return useQueries({
    queries: lists.map((conversationIds) => ({
      queryKey: linkKeys.conversations(conversationIds),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        read.conversations.byIds.query({ conversationIds: [...conversationIds] }, { signal }),
    })),
    combine,
  });
}

function combine(results: readonly { data: { items: Conversation[] } | undefined }[]) {
  return new Map(
    results.flatMap(({ data }) => data?.items ?? []).map((conversation) => [conversation.id, conversation]),
  );
}

/** The ids in the lists by which they are asked for: those of messages that were dropped are asked for no more. */
function useLists(window: MessageWindow | undefined): readonly (readonly string[])[] {
  const [lists, setLists] = useState<readonly (readonly string[])[]>([]);
  const wanted = useMemo(() => new Set(window?.items.map((message) => message.conversationId)), [window]);
  const kept = lists.filter((list) => list.some((id) => wanted.has(id)));
  const known = new Set(kept.flat());
  const added = [...wanted].filter((id) => !known.has(id));
  if (kept.length === lists.length && added.length === 0) return lists;
  const next = [...kept];
  for (let start = 0; start < added.length; start += idsMax) next.push(added.slice(start, start + idsMax));
  // The state is adjusted while rendering, without a second paint.
  setLists(next);
  return next;
}
