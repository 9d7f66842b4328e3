import { randomUUID } from 'node:crypto';
import type { AnyRouter } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Registry } from 'prom-client';
import { type ApiMetrics, createApiMetrics, type WatchedDatabase } from './api-metrics.ts';
import type { Logger } from './log.ts';
import type { Cursors } from './sealed-cursors.ts';
import type { ApiContext, Caller } from './trpc.ts';

/** What a tRPC API is made of. */
export interface ApiOptions {
  router: AnyRouter;
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

/** The routes of a tRPC API under `/trpc`, open to browsers of any origin: the key is the only credential. */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  const metrics = createApiMetrics(options.metrics, options.database);
  app.use('/trpc/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type', 'last-event-id'] }));
  app.use(
    '/trpc/*',
    bodyLimit({ maxSize: bodyBytesMax, onError: (c) => c.json({ error: 'too_large' }, 413) }),
  );
  app.all('/trpc/*', (c) => answer(options, metrics, c.req.raw));
  return app;
}

function answer(options: ApiOptions, metrics: ApiMetrics, req: Request): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint: '/trpc',
    req,
    router: options.router,
    maxBatchSize: batchSizeMax,
    // A query may come as POST: long lists of ids do not fit in a URL, and what is searched for has no place in one.
    allowMethodOverride: true,
    createContext: (): ApiContext => ({
      findCaller: once(() => findCaller(options, req)),
      requestId,
      metrics,
      observeStatements: (call, run) => options.database.observeStatements(call, run),
      cursors: options.cursors,
      isUnavailable: (err) => options.isUnavailable(err),
    }),
    onError: ({ error, path }) => {
      if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
      options.log.error({ requestId, procedure: path, err: error.cause ?? error }, 'request failed');
    },
  });
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
