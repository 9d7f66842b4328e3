/*
 * The procedures of a router over plain HTTP below `/v1`, for callers without tRPC, and the OpenAPI document of them.
 * A request is called through tRPC itself, so that keys, errors and what procedures check are the same; here only
 * the request is read and the answer written.
 */
import { randomUUID } from 'node:crypto';
import { type AnyRouter, callTRPCProcedure, getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { CreateContext } from '../trpc-server.ts';
import { errorAnswer, jsonAnswer, refusal } from './answer.ts';
import { eventStreamAnswer } from './event-stream.ts';
import { type ApiDescription, writeOpenApi } from './openapi.ts';
import { readInput } from './read-input.ts';
import { createRouteFinder, restBase, type RestRoute, restRoutes } from './routes.ts';
import { type ApiSchemas, writeSchemas } from './schemas.ts';

/** As often as tRPC's own streams. */
const heartbeatMs = 10_000;

/** What the REST side of an API is made of. */
export interface RestParts {
  router: AnyRouter;
  about: ApiDescription;
  bodyBytesMax: number;
  createContext: CreateContext;
  onError(error: TRPCError, requestId: string, procedure: string): void;
}

/** The routes below `/v1` and `/openapi.json`, open to browsers of any origin: the key is the only credential. */
export function createRestApi(parts: RestParts): Hono {
  const app = new Hono();
  const routes = restRoutes(parts.router);
  const schemas = writeSchemas(routes, parts.about.shapes);
  const document = JSON.stringify(writeOpenApi(parts.about, routes, schemas));
  const find = createRouteFinder(routes);
  const allowHeaders = ['authorization', 'content-type', 'last-event-id'];
  const allowMethods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
  app.use('/openapi.json', cors({ origin: '*' }));
  app.get('/openapi.json', (c) => c.body(document, 200, { 'content-type': 'application/json' }));
  app.use(`${restBase}/*`, cors({ origin: '*', allowHeaders, allowMethods }));
  app.use(
    `${restBase}/*`,
    bodyLimit({
      maxSize: parts.bodyBytesMax,
      onError: () => refusal('too_large', { requestId: randomUUID() }),
    }),
  );
  app.all(`${restBase}/*`, (c) => answer(c.req.raw, { ...parts, schemas, find }));
  return app;
}

type Serving = RestParts & { schemas: ApiSchemas; find: ReturnType<typeof createRouteFinder> };

async function answer(req: Request, serving: Serving): Promise<Response> {
  const requestId = randomUUID();
  const isHead = req.method === 'HEAD';
  const found = serving.find(isHead ? 'GET' : req.method, new URL(req.url).pathname);
  if (found.route !== null && !(isHead && found.route.type === 'subscription')) {
    return call(req, { ...found, requestId }, serving);
  }
  const allow = found.route === null ? found.allowed : [found.route.method];
  return allow.length === 0
    ? refusal('path_not_found', { requestId })
    : refusal('method_not_allowed', { requestId, allow });
}

async function call(
  req: Request,
  found: { route: RestRoute; values: Record<string, string>; requestId: string },
  serving: Serving,
): Promise<Response> {
  const { route, requestId } = found;
  const onError = (err: unknown): TRPCError => {
    const error = getTRPCErrorFromUnknown(err);
    serving.onError(error, requestId, route.procedure);
    return error;
  };
  try {
    const result: unknown = await callTRPCProcedure({
      router: serving.router,
      path: route.procedure,
      type: route.type,
      ctx: serving.createContext(req.headers.get('authorization') ?? undefined, requestId),
      getRawInput: once(() => readInput(req, found, serving.schemas)),
      // Aborts when the caller leaves, which ends what a stream waits for.
      signal: req.signal,
      batchIndex: 0,
    });
    if (route.type !== 'subscription') return jsonAnswer(result);
    const events = result as AsyncIterable<unknown>;
    return eventStreamAnswer({ events, heartbeatMs, onError });
  } catch (err) {
    return errorAnswer(onError(err), requestId);
  }
}

/** Several middlewares ask for the input, and a body can be read once. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
