/* What the pages of accounts read. What arrives in the meantime reaches them through `useWorkspaceEvents('accounts')`. */
import { accountKeys, useRead } from '@kith/react/parts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Deliveries that are ignored or fail are told by no event, and a sync has moments without one. */
const pollMs = 15_000;
/** While somebody waits for a delivery or a sync, and looks. */
export const closePollMs = 2_000;

/** Every account; `isAwaited` while somebody waits for a delivery. */
export function useAccounts({ isAwaited = false } = {}) {
  const read = useRead();
  return useQuery({
    queryKey: accountKeys.list,
    queryFn: ({ signal }) => read.accounts.list.query({}, { signal }),
    refetchInterval: isAwaited ? closePollMs : pollMs,
  });
}

/** What became of everything that was accepted. */
export function useAccounting() {
  const read = useRead();
  return useQuery({
    queryKey: accountKeys.accounting,
    queryFn: ({ signal }) => read.deliveries.accounting.query({}, { signal }),
    refetchInterval: pollMs,
  });
}

/** The same, account by account. */
export function useAccountingByAccount() {
  const read = useRead();
  return useQuery({
    queryKey: accountKeys.byAccount,
    queryFn: ({ signal }) => read.deliveries.accountingByAccount.query({}, { signal }),
    refetchInterval: pollMs,
  });
}

/** The newest syncs, of one account or of all. */
export function useSyncs(filter: { accountId?: string; limit: number }) {
  const read = useRead();
  return useQuery({
    queryKey: accountKeys.syncs(filter),
    queryFn: ({ signal }) => read.sync.list.query(filter, { signal }),
    refetchInterval: ({ state }) =>
      (state.data?.items.some((sync) => sync.state === 'running') ?? false) ? closePollMs : pollMs,
  });
}

/** The dead letters of an account, newest first. */
export function useDeadLetters(accountId: string) {
  const read = useRead();
  return useInfiniteQuery({
    queryKey: accountKeys.deadLetters({ accountId }),
    queryFn: ({ pageParam, signal }) =>
      read.deliveries.deadLetters.query(
        { accountId, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: pollMs,
  });
}

/** Reads everything of accounts again: after something was changed here. */
export function useRefreshAccounts(): () => void {
  const cache = useQueryClient();
  return useCallback(() => void cache.invalidateQueries({ queryKey: accountKeys.all }), [cache]);
}
