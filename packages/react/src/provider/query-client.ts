import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isRefused, isWorthRetrying } from './failure.ts';

const triesMax = 3;

/** The cache of what was read; `onRefused` hears of a key that is not accepted. */
export function createQueryClient(options: { onRefused?: () => void } = {}): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (err) => {
        if (isRefused(err)) options.onRefused?.();
      },
    }),
    defaultOptions: {
      queries: {
        // A stack on this machine answers without a network, so requests are tried even when the browser is offline.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 10_000,
        retry: (failures, err) => failures + 1 < triesMax && isWorthRetrying(err),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  });
}
