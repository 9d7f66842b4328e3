import { randomUUID } from 'node:crypto';
import { type AnyRouter, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { Histogram, type Registry } from 'prom-client';
import type { Logger } from './log.ts';
import type { ApiDescription } from './rest/openapi.ts';
import { createRestApi } from './rest/rest-server.ts';
import type { Cursors } from './sealed-cursors.ts';
import type { ApiContext } from './trpc.ts';

/** What an API is made of. */
export interface ApiOptions {
  router: AnyRouter;
  /** What its OpenAPI document says of it. */
  about: ApiDescription;
  log: Logger;
  metrics: Registry;
  authenticate(apiKey: string): Promise<{ workspace: string; keyId: string } | null>;
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
  const duration = new Histogram({
    name: 'kith_request_duration_seconds',
    help: 'Time to answer a request, by the procedures it called and the HTTP status',
    labelNames: ['procedure', 'status'],
    registers: [options.metrics],
  });
  app.use('/trpc/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type', 'last-event-id'] }));
  app.use(
    '/trpc/*',
    bodyLimit({ maxSize: bodyBytesMax, onError: (c) => c.json({ error: 'too_large' }, 413) }),
  );
  app.all('/trpc/*', async (c) => {
    const observe = duration.startTimer();
    const response = await answer(options, c.req.raw);
    observe({ procedure: procedureLabel(options.router, c.req.path), status: response.status });
    return response;
  });
  const rest = createRestApi({
    ...options,
    bodyBytesMax,
    createContext: (req, requestId) => createContext(options, req, requestId),
    onError: (error, requestId, procedure) => logError(options, error, { requestId, procedure }),
    onAnswer: (procedure, status, startedAt) =>
      duration.observe({ procedure, status }, (performance.now() - startedAt) / 1_000),
  });
  return app.route('/', rest);
}

function answer(options: ApiOptions, req: Request): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint: '/trpc',
    req,
    router: options.router,
    maxBatchSize: batchSizeMax,
    // A query may come as POST: long lists of ids do not fit in a URL, and what is searched for has no place in one.
    allowMethodOverride: true,
    createContext: () => createContext(options, req, requestId),
    onError: ({ error, path }) => logError(options, error, { requestId, procedure: path }),
  });
}

async function createContext(options: ApiOptions, req: Request, requestId: string): Promise<ApiContext> {
  return {
    caller: await findCaller(options, req),
    requestId,
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

async function findCaller(options: ApiOptions, req: Request): Promise<ApiContext['caller']> {
  const [scheme, apiKey] = (req.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || apiKey === undefined) return null;
  try {
    return await options.authenticate(apiKey);
  } catch (err) {
    // Before there is a context, tRPC would answer 500 to what is only away for a moment.
    if (options.isUnavailable(err)) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: err });
    throw err;
  }
}

/** Only names that exist become labels: a caller must not be able to grow the metrics. */
function procedureLabel(router: AnyRouter, path: string): string {
  const names = path.replace(/^\/trpc\//, '').split(',');
  if (names.length > 1) return 'batch';
  const [name = ''] = names;
  // oxlint-disable-next-line no-underscore-dangle -- tRPC lists the procedures of a router nowhere else
  return Object.hasOwn(router._def.procedures as object, name) ? name : 'unknown';
}
