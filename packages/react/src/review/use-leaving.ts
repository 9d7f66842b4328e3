/*
 * What is decided leaves the list before the write is answered, and comes back when the write fails.
 *
 * An item is hidden until the list has been read again after the write: a read that was on its way meanwhile may still
 * hold it.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { linksKey } from '../hooks/query-keys.ts';
import type { ReviewPages } from '../hooks/use-review-queue.ts';

const reviewKey = [...linksKey, 'review'];

/** What is leaving, and the way to leave. */
export interface Leaving {
  ids: ReadonlySet<string>;
  /** Rejects as `decide` does, with the items back in the list. */
  whileDeciding: (ids: readonly string[], decide: () => Promise<unknown>) => Promise<void>;
}

/** The items that are on their way out. */
export function useLeaving(): Leaving {
  const cache = useQueryClient();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const whileDeciding = useCallback(
    async (leaving: readonly string[], decide: () => Promise<unknown>) => {
      setIds((now) => new Set([...now, ...leaving]));
      try {
        await decide();
        cache.setQueriesData<ReviewPages>({ queryKey: reviewKey }, (pages) => without(pages, leaving));
        await cache.invalidateQueries({ queryKey: reviewKey });
      } finally {
        setIds((now) => new Set([...now].filter((id) => !leaving.includes(id))));
      }
    },
    [cache],
  );
  return { ids, whileDeciding };
}

function without(pages: ReviewPages | undefined, ids: readonly string[]): ReviewPages | undefined {
  if (pages === undefined) return undefined;
  const stays = ({ participant }: { participant: { id: string } }) => !ids.includes(participant.id);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => stays(item)) })),
  };
}
