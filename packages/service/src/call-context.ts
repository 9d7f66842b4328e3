/*
 * What a call of a procedure knows, whichever way it came: over tRPC, REST or as a subscription.
 */
import type { AnyRouter, TRPCError } from '@trpc/server';
import type { Registry } from 'prom-client';
import type { ApiMetrics, WatchedDatabase } from './api-metrics.ts';
import type { Logger } from './log.ts';
import type { ApiDescription } from './rest/openapi.ts';
import type { Cursors } from './sealed-cursors.ts';
import type { ApiContext, Caller } from './trpc.ts';

/** What an API is made of. */
export interface ApiOptions {
  router: AnyRouter;
  /** What its OpenAPI document says of it. */
  about: ApiDescription;
  log: Logger;
  metrics: Registry;
  database: WatchedDatabase;
  authenticate(apiKey: string): Promise<Caller | null>;
  isUnavailable(err: unknown): boolean;
  /** Of a service that has lists. */
  cursors?: Cursors;
}

/** Makes the context of a call, from its `Authorization` header and the id of its request. */
export type CreateContext = (authorization: string | undefined, requestId: string) => ApiContext;

/** Contexts of the calls of one API. */
export function contextsOf(options: ApiOptions, metrics: ApiMetrics): CreateContext {
  return (authorization, requestId) => ({
    findCaller: once(() => findCaller(options, authorization)),
    requestId,
    metrics,
    observeStatements: (call, run) => options.database.observeStatements(call, run),
    cursors: options.cursors,
    isUnavailable: (err) => options.isUnavailable(err),
  });
}

/** Logs what is no fault of the caller. */
export function logFailure(
  { log }: Pick<ApiOptions, 'log'>,
  failure: { error: TRPCError; path: string | undefined; requestId: string | undefined },
): void {
  const { error, path, requestId } = failure;
  if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
  log.error({ requestId, procedure: path, err: error.cause ?? error }, 'request failed');
}

async function findCaller(options: ApiOptions, authorization: string | undefined): Promise<Caller | null> {
  const [scheme, apiKey] = (authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || apiKey === undefined) return null;
  return options.authenticate(apiKey);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
