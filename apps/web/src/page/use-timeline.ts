import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { timelineKey } from './cache-keys.ts';
import { type Read, type TimelinePage, useRead } from './kith.tsx';

/** The loaded part of a timeline. */
export type TimelinePages = InfiniteData<TimelinePage, string | null>;

const pageSize = 50;

/** Reads one page; the newest when there is no cursor. */
export function readTimelinePage(
  read: Read,
  input: { recordId: string; cursor: string | null; signal: AbortSignal },
): Promise<TimelinePage> {
  const { recordId, cursor, signal } = input;
  return read.records.timeline.query(
    { recordId, limit: pageSize, ...(cursor === null ? {} : { cursor }) },
    { signal },
  );
}

/** A record's messages of all channels, newest first. What changes at its top is told by `useLiveRecord`. */
export function useTimeline(recordId: string) {
  const read = useRead();
  return useInfiniteQuery({
    queryKey: timelineKey(recordId),
    queryFn: ({ pageParam, signal }) => readTimelinePage(read, { recordId, cursor: pageParam, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
