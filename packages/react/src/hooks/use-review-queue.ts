import type { Channel, ReviewItem } from '@kith/client';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRead } from '../provider/kith-context.ts';
import { linkKeys } from './query-keys.ts';

/** What of the review is listed. */
export interface ReviewFilter {
  reasons: readonly ReviewItem['reason'][];
  channel: Channel | null;
}

/** The pages of the review list, as the cache keeps them. */
export type ReviewPages = InfiniteData<{ items: ReviewItem[]; nextCursor: string | null }, string | null>;

const pageSize = 50;

/** Participants that wait for a person’s word, most traffic first, page after page. */
export function useReviewQueue({ reasons, channel }: ReviewFilter) {
  const read = useRead();
  const query = useInfiniteQuery({
    queryKey: linkKeys.review({ reasons, channel }),
    queryFn: ({ pageParam, signal }) =>
      read.review.list.query(
        {
          reasons: [...reasons],
          limit: pageSize,
          ...(channel === null ? {} : { channel }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const { data } = query;
  const items = useMemo(() => distinct(data?.pages.flatMap((page) => page.items) ?? []), [data]);
  return { ...query, items };
}

/** One that gained traffic between two pages is on both. */
function distinct(items: readonly ReviewItem[]): ReviewItem[] {
  return [...new Map(items.map((item) => [item.participant.id, item])).values()];
}
