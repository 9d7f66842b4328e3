/*
 * Reads again what other people and services change: the events of the workspace, each mapped to what it makes old. A
 * burst of a thousand costs one read.
 */
import type { WorkspaceEvent } from '@kith/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRead } from '../provider/kith-context.ts';
import { coalesce } from './coalesce.ts';
import { accountKeys, linksKey } from './query-keys.ts';

const pauseMs = 1_000;
const reopenAfterMs = 5_000;

/** What a page shows that may become old: links, or accounts and what came through them. */
export type Followed = 'links' | 'accounts';

const followedTypes = {
  links: [
    'participant.linked',
    'participant.unlinked',
    'participant.ambiguous',
    'participant.contested',
    'participant.merged',
    'participant.split',
    'record.upserted',
    'record.deleted',
  ],
  accounts: [
    'account.connected',
    'account.disconnected',
    'sync.requested',
    'sync.progress',
    'sync.completed',
    'sync.failed',
    'message.recorded',
  ],
} as const satisfies Record<Followed, readonly WorkspaceEvent['type'][]>;

const keys = { links: linksKey, accounts: accountKeys.all } as const;

/** Keeps what stands below a key as it is at this moment, while the component is shown. */
export function useWorkspaceEvents(followed: Followed): void {
  const read = useRead();
  const cache = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    const refresh = coalesce<void>(() => cache.invalidateQueries({ queryKey: keys[followed] }), pauseMs);
    const follow = (isAgain: boolean) => {
      if (leaving.signal.aborted) return;
      const reopen = () => setTimeout(() => follow(true), reopenAfterMs);
      const subscription = read.workspace.onEvent.subscribe(
        { types: [...followedTypes[followed]] },
        {
          // What happened between two subscriptions is told by neither.
          onStarted: () => isAgain && refresh(),
          onData: () => refresh(),
          onError: reopen,
          onComplete: reopen,
        },
      );
      leaving.signal.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
    };
    follow(false);
    return () => leaving.abort();
  }, [read, cache, followed]);
}
