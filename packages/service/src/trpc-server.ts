import { randomUUID } from 'node:crypto';
import { type AnyRouter, TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { Histogram, type Registry } from 'prom-client';
import type { Logger } from './log.ts';
import type { ApiContext } from './trpc.ts';

/** What a tRPC API is made of. */
export interface ApiOptions {
  router: AnyRouter;
  log: Logger;
  metrics: Registry;
  authenticate(apiKey: string): Promise<{ workspace: string; keyId: string } | null>;
  isUnavailable(err: unknown): boolean;
}

const bodyBytesMax = 16 * 1024 * 1024;
const batchSizeMax = 10;

/** The routes of a tRPC API under `/trpc`, open to browsers of any origin: the key is the only credential. */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  const duration = new Histogram({
    name: 'kith_request_duration_seconds',
    help: 'Time to answer a tRPC request, by the procedures it called and the HTTP status',
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
  return app;
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
    createContext: () => createContext(options, req.headers.get('authorization') ?? undefined, requestId),
    onError: ({ error, path }) => logFailure(options, { error, path, requestId }),
  });
}

/** What a call's procedures know of it. Throws `SERVICE_UNAVAILABLE` while its key cannot be checked. */
export async function createContext(
  options: ApiOptions,
  authorization: string | undefined,
  requestId: string,
): Promise<ApiContext> {
  return {
    caller: await findCaller(options, authorization),
    requestId,
    isUnavailable: (err) => options.isUnavailable(err),
  };
}

/** Logs what is no fault of the caller. */
export function logFailure(
  { log }: ApiOptions,
  failure: { error: TRPCError; path: string | undefined; requestId: string | undefined },
): void {
  const { error, path, requestId } = failure;
  if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
  log.error({ requestId, procedure: path, err: error.cause ?? error }, 'request failed');
}

async function findCaller(
  options: ApiOptions,
  authorization: string | undefined,
): Promise<ApiContext['caller']> {
  const [scheme, apiKey] = (authorization ?? '').split(' ');
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
