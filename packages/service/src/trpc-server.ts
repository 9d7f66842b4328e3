import { randomUUID } from 'node:crypto';
import type { AnyRouter, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Registry } from 'prom-client';
import { type ApiMetrics, createApiMetrics, type WatchedDatabase } from './api-metrics.ts';
import type { Logger } from './log.ts';
import type { ApiDescription } from './rest/openapi.ts';
import { createRestApi } from './rest/rest-server.ts';
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

const bodyBytesMax = 16 * 1024 * 1024;
const batchSizeMax = 10;

/**
 * The routes of an API: tRPC under `/trpc`, REST under `/v1`, open to browsers of any origin: the key is the only
 * credential.
 */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  const metrics = createApiMetrics(options.metrics, options.database);
  app.use('/trpc/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type', 'last-event-id'] }));
  app.use(
    '/trpc/*',
    bodyLimit({ maxSize: bodyBytesMax, onError: (c) => c.json({ error: 'too_large' }, 413) }),
  );
  const createContext = (req: Request, requestId: string) => contextOf(options, metrics, { req, requestId });
  app.all('/trpc/*', (c) => answer(options, createContext, c.req.raw));
  const rest = createRestApi({
    ...options,
    bodyBytesMax,
    createContext,
    onError: (error, requestId, procedure) => logError(options, error, { requestId, procedure }),
  });
  return app.route('/', rest);
}

function answer(
  options: ApiOptions,
  createContext: (req: Request, requestId: string) => ApiContext,
  req: Request,
): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint: '/trpc',
    req,
    router: options.router,
    maxBatchSize: batchSizeMax,
    // A query may come as POST: long lists of ids do not fit in a URL, and what is searched for has no place in one.
    allowMethodOverride: true,
    createContext: () => createContext(req, requestId),
    onError: ({ error, path }) => logError(options, error, { requestId, procedure: path }),
  });
}

function contextOf(
  options: ApiOptions,
  metrics: ApiMetrics,
  { req, requestId }: { req: Request; requestId: string },
): ApiContext {
  return {
    findCaller: once(() => findCaller(options, req)),
    requestId,
    metrics,
    observeStatements: (call, run) => options.database.observeStatements(call, run),
    cursors: options.cursors,
    isUnavailable: (err) => options.isUnavailable(err),
  };
}

/** What a caller can do nothing about. */
function logError(
  { log }: ApiOptions,
  error: TRPCError,
  call: { requestId: string; procedure: string | undefined },
): void {
  if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
  log.error({ ...call, err: error.cause ?? error }, 'request failed');
}

async function findCaller(options: ApiOptions, req: Request): Promise<Caller | null> {
  const [scheme, apiKey] = (req.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || apiKey === undefined) return null;
  return options.authenticate(apiKey);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
