import { randomUUID } from 'node:crypto';
import type { AnyRouter, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Registry } from 'prom-client';
import { createApiMetrics, type WatchedDatabase } from './api-metrics.ts';
import type { NodeHandler } from './http-server.ts';
import type { Logger } from './log.ts';
import type { ApiDescription } from './rest/openapi.ts';
import { createRestApi } from './rest/rest-server.ts';
import type { Cursors } from './sealed-cursors.ts';
import { createSubscriptionHandler } from './subscription-handler.ts';
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

const bodyBytesMax = 16 * 1024 * 1024;
const batchSizeMax = 10;

/** An API as a service serves it: subscriptions of tRPC are taken by `nodeHandler` before they become a `Request`. */
export interface Api {
  app: Hono;
  nodeHandler: NodeHandler;
}

/** Makes the context of a call, from its `Authorization` header and the id of its request. */
export type CreateContext = (authorization: string | undefined, requestId: string) => ApiContext;

/**
 * The routes of an API: tRPC under `/trpc`, REST under `/v1`, open to browsers of any origin: the key is the only
 * credential.
 */
export function createApi(options: ApiOptions): Api {
  const app = new Hono();
  const metrics = createApiMetrics(options.metrics, options.database);
  const createContext: CreateContext = (authorization, requestId) => ({
    findCaller: once(() => findCaller(options, authorization)),
    requestId,
    metrics,
    observeStatements: (call, run) => options.database.observeStatements(call, run),
    cursors: options.cursors,
    isUnavailable: (err) => options.isUnavailable(err),
  });
  app.use('/trpc/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type', 'last-event-id'] }));
  app.use(
    '/trpc/*',
    bodyLimit({ maxSize: bodyBytesMax, onError: (c) => c.json({ error: 'too_large' }, 413) }),
  );
  app.all('/trpc/*', (c) => answer(options, createContext, c.req.raw));
  const onError = (error: TRPCError, requestId: string, path: string) =>
    logFailure(options, { error, path, requestId });
  app.route('/', createRestApi({ ...options, bodyBytesMax, createContext, onError }));
  return { app, nodeHandler: createSubscriptionHandler({ ...options, createContext }) };
}

function answer(options: ApiOptions, createContext: CreateContext, req: Request): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint: '/trpc',
    req,
    router: options.router,
    maxBatchSize: batchSizeMax,
    // A query may come as POST: long lists of ids do not fit in a URL, and what is searched for has no place in one.
    allowMethodOverride: true,
    createContext: () => createContext(req.headers.get('authorization') ?? undefined, requestId),
    onError: ({ error, path }) => logFailure(options, { error, path, requestId }),
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
