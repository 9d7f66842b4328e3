/*
 * The loaded part of a record's timeline, and how it grows at its ends. What arrives and changes is taken in by
 * `useLiveTimeline`.
 */
import { type QueryClient, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { messageKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';
import { extendNewer, extendOlder, keepNear, type MessageWindow } from './message-window.ts';
import {
  readAgain,
  readNewer,
  readOlder,
  readWindow,
  type TimelineFilter,
  type TimelineSource,
} from './timeline-reads.ts';

/** So many messages are kept; those farthest from where one reads are dropped, and read again when one comes back. */
const keptMax = 400;

/** What of a record's timeline is looked at. */
export interface TimelineView {
  recordId: string;
  filter: TimelineFilter;
  /** Before which instant to begin; null at the newest message. */
  until: string | null;
}

/** An end of the loaded part. */
export interface Edge {
  isLoading: boolean;
  hasFailed: boolean;
  load: () => void;
}

/** Where the loaded part is kept. */
export function timelineKey({ recordId, filter, until }: TimelineView): QueryKey {
  return messageKeys.timeline(recordId, { ...filter, until });
}

/** The messages of a view, with what loads more at either end. */
export function useTimeline(view: TimelineView) {
  const read = useRead();
  const cache = useQueryClient();
  const key = useMemo(() => timelineKey(view), [view]);
  const source = useMemo(() => ({ read, recordId: view.recordId, filter: view.filter }), [read, view]);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readOrReadAgain({ ...source, signal }, { cache, key, until: view.until }),
    // The subscription tells what changes.
    refetchOnWindowFocus: false,
  });
  const newer = useEdge(async () => {
    const window = cache.getQueryData<MessageWindow>(key);
    if (window === undefined || !window.hasNewer) return;
    const fresh = await readNewer(source, window);
    // What was read continues only the end from which it was read.
    change(cache, key, (now) =>
      now.items[0]?.id === window.items[0]?.id ? keepNear(extendNewer(now, fresh), 'newer', keptMax) : now,
    );
  });
  const older = useEdge(async () => {
    const window = cache.getQueryData<MessageWindow>(key);
    if (window === undefined || !window.hasOlder) return;
    const fresh = await readOlder(source, window);
    change(cache, key, (now) =>
      now.items.at(-1)?.id === window.items.at(-1)?.id
        ? keepNear(extendOlder(now, fresh), 'older', keptMax)
        : now,
    );
  });
  return { query, newer, older };
}

async function readOrReadAgain(
  source: TimelineSource,
  { cache, key, until }: { cache: QueryClient; key: QueryKey; until: string | null },
): Promise<MessageWindow> {
  const loaded = cache.getQueryData<MessageWindow>(key);
  if (loaded === undefined) return readWindow(source, until);
  const putInto = await readAgain(source, loaded);
  return putInto(cache.getQueryData<MessageWindow>(key) ?? loaded);
}

function change(cache: QueryClient, key: QueryKey, by: (now: MessageWindow) => MessageWindow): void {
  cache.setQueryData<MessageWindow>(key, (now) => (now === undefined ? now : by(now)));
}

/** Loads once at a time; after a failure only when it is asked to, which whoever calls sees by `hasFailed`. */
function useEdge(load: () => Promise<void>): Edge {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const latest = useRef(load);
  const isBusy = useRef(false);
  useEffect(() => {
    latest.current = load;
  });
  const run = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setState('loading');
    try {
      await latest.current();
      setState('idle');
    } catch {
      setState('failed');
    }
    isBusy.current = false;
  }, []);
  return { isLoading: state === 'loading', hasFailed: state === 'failed', load: () => void run() };
}
