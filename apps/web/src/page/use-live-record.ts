/*
 * Keeps a record's timeline, participants and counts as they are at this moment.
 *
 * Every activity makes the newest page be read again and put in front of what is loaded: new messages, and messages
 * that were edited, deleted, reacted to or have come further. So does every start of the subscription, because what
 * happened between the first read and the start, or while it was broken, is told by nobody else. A subscription that
 * ends is opened again, until the record is left.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { recordKey, timelineKey } from './cache-keys.ts';
import { coalesce } from './coalesce.ts';
import { type Read, useRead } from './kith.tsx';
import { type Happening, isTold } from './happenings.ts';
import { mergeNewestPage } from './newest-page.ts';
import { readTimelinePage, type TimelinePages } from './use-timeline.ts';

/** How the subscription is. */
export type Connection = 'connecting' | 'connected' | 'reconnecting';

const refreshPauseMs = 300;
const reopenAfterMs = 3_000;

/** Follows a record while it is shown. */
export function useLiveRecord(recordId: string): Connection {
  const read = useRead();
  const cache = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const leaving = new AbortController();
    const refresh = coalesce<Happening>(
      (happenings) => refreshRecord({ read, cache, recordId, signal: leaving.signal }, happenings),
      refreshPauseMs,
    );
    followRecord({
      read,
      cache,
      recordId,
      signal: leaving.signal,
      onConnection: setConnection,
      onHappening: refresh,
    });
    return () => leaving.abort();
  }, [read, cache, recordId]);
  return connection;
}

/** The record that is followed, until `signal` aborts. */
interface Place {
  read: Read;
  cache: QueryClient;
  recordId: string;
  signal: AbortSignal;
}

interface Following extends Place {
  onConnection: (connection: Connection) => void;
  onHappening: (happening: Happening) => void;
}

function followRecord(options: Following): void {
  const { signal, onConnection, onHappening } = options;
  if (signal.aborted) return;
  const reopen = () => {
    if (signal.aborted) return;
    onConnection('reconnecting');
    setTimeout(() => followRecord(options), reopenAfterMs);
  };
  const subscription = options.read.records.onActivity.subscribe(
    { recordId: options.recordId },
    {
      onStarted: () => {
        onConnection('connected');
        onHappening({ reason: 'start' });
      },
      onData: (event) => onHappening(event.data),
      onConnectionStateChange: (change) => {
        if (change.state === 'pending') onConnection('connected');
        if (change.state === 'connecting' && change.error !== null) onConnection('reconnecting');
      },
      onError: () => {
        // The error of a subscription does not tell a key that was revoked or a record that was deleted: a read does.
        void options.cache.invalidateQueries({ queryKey: recordKey(options.recordId) });
        reopen();
      },
      onComplete: reopen,
    },
  );
  signal.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
}

async function refreshRecord(place: Place, happenings: readonly Happening[]): Promise<void> {
  const { cache, recordId } = place;
  if (happenings.some(({ reason }) => reason !== 'changed')) {
    void cache.invalidateQueries({ queryKey: recordKey(recordId) });
  }
  if (!(await refreshNewest(place, happenings))) {
    await cache.invalidateQueries({ queryKey: timelineKey(recordId) });
  }
}

/** Reads the newest page into the cache; false when that cannot be all, and every loaded page has to be read. */
async function refreshNewest(place: Place, happenings: readonly Happening[]): Promise<boolean> {
  const { read, cache, recordId, signal } = place;
  if (happenings.some(({ reason }) => reason === 'linked' || reason === 'unlinked')) return false;
  try {
    const fresh = await readTimelinePage(read, { recordId, cursor: null, signal });
    // A read that began before would put older pages over the fresh one when it ends.
    await cache.cancelQueries({ queryKey: timelineKey(recordId) });
    const shown = cache.setQueryData<TimelinePages>(timelineKey(recordId), (loaded) =>
      mergeNewestPage(loaded ?? { pages: [], pageParams: [] }, fresh),
    );
    return isTold(happenings, { fresh, shown: shown?.pages ?? [fresh] });
  } catch {
    return signal.aborted;
  }
}
