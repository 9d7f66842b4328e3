import { randomUUID } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { type ApiOptions, type CreateContext, logFailure } from './call-context.ts';

/** What the tRPC side of an API is made of. */
export interface TrpcParts extends Pick<ApiOptions, 'router' | 'log'> {
  bodyBytesMax: number;
  createContext: CreateContext;
}

const batchSizeMax = 10;

/** Queries and mutations under `/trpc`, open to browsers of any origin: the key is the only credential. */
export function createTrpcApi(parts: TrpcParts): Hono {
  const app = new Hono();
  app.use('/trpc/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type', 'last-event-id'] }));
  app.use(
    '/trpc/*',
    bodyLimit({ maxSize: parts.bodyBytesMax, onError: (c) => c.json({ error: 'too_large' }, 413) }),
  );
  app.all('/trpc/*', (c) => answer(parts, c.req.raw));
  return app;
}

function answer(parts: TrpcParts, req: Request): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint: '/trpc',
    req,
    router: parts.router,
    maxBatchSize: batchSizeMax,
    // A query may come as POST: long lists of ids do not fit in a URL, and what is searched for has no place in one.
    allowMethodOverride: true,
    createContext: () => parts.createContext(req.headers.get('authorization') ?? undefined, requestId),
    onError: ({ error, path }) => logFailure(parts, { error, path, requestId }),
  });
}
