/*
 * How far a sync is: a line for each account that was asked, with a bar where it is known how much there is. It is read
 * again while it runs.
 */
import type { Sync, SyncPart } from '@kith/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { accountKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';
import { isOver, partInWords } from '../words/sync-words.ts';
import { ChannelMark } from './channel-mark.tsx';
import { FailureLine } from './notices.tsx';
import { SkeletonRows } from './skeleton.tsx';

const pollMs = 1_500;

/** The progress of a sync; `onFinished` hears when it ends while it is shown. */
export function SyncProgress({ syncId, onFinished }: { syncId: string; onFinished?: () => void }) {
  const sync = useSync(syncId);
  useWhenFinished(sync.data, onFinished);
  if (sync.isPending) return <SkeletonRows rows={1} what="the progress" />;
  if (sync.isLoadingError) return <FailureLine err={sync.error} />;
  return (
    <ul className="kith-sync" aria-label="Progress">
      {sync.data.parts.map((part) => (
        <li key={part.accountId}>
          <PartProgress part={part} />
        </li>
      ))}
    </ul>
  );
}

function useSync(syncId: string) {
  const read = useRead();
  return useQuery({
    queryKey: accountKeys.sync(syncId),
    queryFn: ({ signal }) => read.sync.status.query({ syncId }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
  });
}

function useWhenFinished(sync: Sync | undefined, onFinished: (() => void) | undefined) {
  const last = useRef(sync?.state);
  const state = sync?.state;
  useEffect(() => {
    if (last.current === 'running' && state !== undefined && state !== 'running') onFinished?.();
    last.current = state;
  }, [state, onFinished]);
}

function PartProgress({ part }: { part: SyncPart }) {
  const label = `Fetching from ${part.accountId}`;
  return (
    <>
      <span className="kith-sync-account">
        <ChannelMark channel={part.channel} />
        {part.accountId}
      </span>
      {!isOver(part) && (
        <progress
          className="kith-sync-bar"
          aria-label={label}
          {...(part.total === null || part.total === 0
            ? {}
            : { value: Math.min(part.fetched, part.total), max: part.total })}
        />
      )}
      <span className={part.state === 'failed' ? 'kith-problem' : 'kith-hint'}>{partInWords(part)}</span>
    </>
  );
}
