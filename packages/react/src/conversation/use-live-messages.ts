/*
 * Keeps the loaded part of a conversation as it is at this moment. The events of the workspace name the messages that
 * are new or have changed; those of a moment are read together. It goes on after the last event that was heard, so a
 * lost connection misses nothing.
 */
import { kithError, type WorkspaceEvent } from '@kith/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { coalesce } from '../hooks/coalesce.ts';
import { useRead } from '../provider/kith-context.ts';
import { type MessagePages, withMessages } from './message-window.ts';

const pauseMs = 300;
const reopenAfterMs = 5_000;
const readMax = 100;

const types = [
  'message.recorded',
  'message.edited',
  'message.deleted',
  'message.status',
  'message.reaction',
  'conversation.merged',
] as const satisfies readonly WorkspaceEvent['type'][];

/** What is followed, and where it is kept. */
export interface Following {
  conversationId: string;
  queryKey: readonly unknown[];
  /** The event after which the loaded part was read; undefined until it is. */
  lastEventId: string | undefined;
}

/** Follows a conversation while it is shown. */
export function useLiveMessages({ conversationId, queryKey, lastEventId }: Following): void {
  const read = useRead();
  const cache = useQueryClient();
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    if (lastEventId === undefined) return;
    const leaving = new AbortController();
    let heard = lastEventId;
    const restart = () => cache.resetQueries({ queryKey });
    const refresh = coalesce<string>(async (ids) => {
      const messageIds = [...new Set(ids)];
      const parts = chunks(messageIds, readMax);
      try {
        for (const part of parts) {
          const { items } = await read.messages.get.query({ messageIds: part }, { signal: leaving.signal });
          cache.setQueryData<MessagePages>(queryKey, (loaded) => loaded && withMessages(loaded, items));
        }
      } catch {
        // With everything that is loaded, which tells its failures and tries again as often as that is of use.
        if (!leaving.signal.aborted) await cache.invalidateQueries({ queryKey });
      }
    }, pauseMs);
    const follow = () => {
      if (leaving.signal.aborted) return;
      const reopen = () => setTimeout(follow, reopenAfterMs);
      const subscription = read.workspace.onEvent.subscribe(
        { types: [...types], lastEventId: heard },
        {
          onData: (event) => {
            heard = event.id;
            const messageId = messageOf(event.data, conversationId);
            if (messageId !== null) refresh(messageId);
            else if (isMerged(event.data, conversationId)) void restart();
          },
          // An event that is no longer kept: what was missed cannot be told, so all is read again.
          onError: (err) => (kithError(err)?.code === 'bad_input' ? void restart() : reopen()),
          onComplete: reopen,
        },
      );
      leaving.signal.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
    };
    follow();
    return () => leaving.abort();
    // `key` is what the query's key says, however often that is made anew.
  }, [read, cache, conversationId, key, lastEventId]);
}

/** The message of the conversation that an event names, null where it names none. */
function messageOf(event: WorkspaceEvent, conversationId: string): string | null {
  if (!('messageId' in event.data) || !('conversationId' in event.data)) return null;
  const { messageId, conversationId: where } = event.data;
  return where === conversationId && messageId !== undefined ? messageId : null;
}

/** Whether the conversation became part of another, or another of it. */
function isMerged({ type, data }: WorkspaceEvent, conversationId: string): boolean {
  return (
    type === 'conversation.merged' &&
    [data.conversationId, data.mergedConversationId].includes(conversationId)
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
