import type { ReadOutputs } from '@kith/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRead } from '../provider/kith-context.ts';
import { linkKeys } from './query-keys.ts';

/** An entry of the history of the workspace. */
export type WorkspaceHistoryEntry = ReadOutputs['history']['list']['items'][number];

const pageSize = 50;
const noEntries: readonly WorkspaceHistoryEntry[] = [];

/** What people decided, or all that happened to links, newest first, page after page. */
export function useHistory(by: 'person' | 'anyone') {
  const read = useRead();
  const history = useInfiniteQuery({
    queryKey: linkKeys.history(by),
    queryFn: ({ pageParam, signal }) =>
      read.history.list.query(
        { by, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const { data } = history;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? noEntries, [data]);
  return { ...history, items };
}
