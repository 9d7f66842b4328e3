/*
 * The typed client of Kith: `read` speaks to the query service, `write` to the resolver.
 *
 * It runs in browsers and in Node 20.19 and later. Calls made in the same moment travel as one request. Queries are
 * sent as POST, so that what people search for stands in no URL, proxy log or browser history; nor does the key. What
 * fails for a moment is tried again where that is safe (safe-to-repeat.ts).
 */
import type { QueryRouter } from '@kith/query';
import type { ResolverRouter } from '@kith/resolver';
import { createTRPCClient, httpBatchLink, splitLink, type TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { createEndpoint, linkOptions } from './endpoint.ts';
import { liveLink } from './live-link.ts';
import { type RetryLimits, retryLink, retryLimits } from './retry-link.ts';
import { isSafeToRepeat } from './safe-to-repeat.ts';

/** Where Kith is, and the key of a workspace. */
export interface KithClientOptions {
  /** Base address of the query service, such as `http://127.0.0.1:4401`. */
  queryUrl: string;
  /** Base address of the resolver, such as `http://127.0.0.1:4402`. */
  resolverUrl: string;
  /** An API key of the workspace; made with `keys.create` or `kith keys`. */
  apiKey: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** How often and how long a call is tried again that can be; `{ tries: 1 }` for never. */
  retry?: Partial<RetryLimits>;
}

/** Both halves of Kith, typed from input to output. */
export interface KithClient {
  read: TRPCClient<QueryRouter>;
  write: TRPCClient<ResolverRouter>;
  /** The whole address of a path that `attachments.links` told. */
  fileUrl(path: string): string;
}

/** What each read takes, as `ReadInputs['records']['timeline']`. */
export type ReadInputs = inferRouterInputs<QueryRouter>;
/** What each read answers, as `ReadOutputs['records']['timeline']`. */
export type ReadOutputs = inferRouterOutputs<QueryRouter>;
/** What each write takes. */
export type WriteInputs = inferRouterInputs<ResolverRouter>;
/** What each write answers. */
export type WriteOutputs = inferRouterOutputs<ResolverRouter>;

/** The services refuse larger batches. */
const batchItemsMax = 10;

/**
 * Makes a client. It opens no connection before the first call, and holds none but those of subscriptions.
 *
 * @example
 * ```ts
 * const kith = createKithClient({
 *   queryUrl: 'http://127.0.0.1:4401',
 *   resolverUrl: 'http://127.0.0.1:4402',
 *   apiKey,
 * });
 *
 * await kith.write.records.upsert.mutate({ pipeline: 'contacts', recordId: '93', fields: { email: 'ana@lima.example' } });
 * const { items, nextCursor } = await kith.read.records.timeline.query({ recordId: '93', limit: 50 });
 *
 * // Goes on by itself after a lost connection, and misses nothing.
 * const subscription = kith.read.records.onActivity.subscribe(
 *   { recordId: '93' },
 *   { onData: ({ id, data }) => console.log(id, data.reason, data.messageId) },
 * );
 * subscription.unsubscribe();
 * ```
 */
export function createKithClient(options: KithClientOptions): KithClient {
  const query = createEndpoint(options.queryUrl, options);
  const resolver = createEndpoint(options.resolverUrl, options);
  const retry = retryLink({ ...retryLimits, ...options.retry }, isSafeToRepeat);
  return {
    read: createTRPCClient<QueryRouter>({
      links: [
        splitLink({
          condition: (op) => op.type === 'subscription',
          true: liveLink(query),
          false: [
            retry,
            httpBatchLink({ ...linkOptions(query), maxItems: batchItemsMax, methodOverride: 'POST' }),
          ],
        }),
      ],
    }),
    write: createTRPCClient<ResolverRouter>({
      links: [retry, httpBatchLink({ ...linkOptions(resolver), maxItems: batchItemsMax })],
    }),
    fileUrl: (path) => `${options.queryUrl.replace(/\/+$/, '')}${path}`,
  };
}
