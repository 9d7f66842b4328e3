/*
 * tRPC's subscriptions, without tRPC's streams: the same procedures and the same bytes on the wire, for thousands of
 * clients.
 *
 * tRPC serialises every event for every subscriber and carries it through four web streams. With 1,000 subscribers of one
 * record and 5 events a second an event then took 8 s to its median subscriber, on two busy cores; this way 47 ms
 * (`npm run bench:live`). What the procedures do, and what a client sees, is as tRPC has it; only what is unavailable for
 * now is answered 503 with Retry-After, before the stream begins.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type AnyProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
} from '@trpc/server';
import type { NodeHandler } from './http-server.ts';
import { createSseConnections, silentMs, type SseConnections } from './sse-connections.ts';
import { type ApiContext } from './trpc.ts';
import { type ApiOptions, type CreateContext, logFailure } from './trpc-server.ts';

interface Call {
  path: string;
  procedure: AnyProcedure;
  input: unknown;
}

type Serving = Pick<ApiOptions, 'router' | 'log' | 'metrics'> & { createContext: CreateContext };

interface Failure {
  cause: unknown;
  call: Call;
  ctx: ApiContext;
}

const connected = `event: connected\ndata: ${JSON.stringify({ reconnectAfterInactivityMs: silentMs })}\n\n`;
const retryAfterSeconds = 2;

/** Serves the router's subscriptions below `/trpc`; all else is left to others. */
export function createSubscriptionHandler(options: Serving): NodeHandler {
  const connections = createSseConnections(options.metrics);
  return (req, res) => {
    const call = callOf(options, req);
    if (call === undefined) return false;
    void serve({ options, connections }, call, { req, res });
    return true;
  };
}

function callOf({ router }: Serving, req: IncomingMessage): Call | undefined {
  if (req.method !== 'GET' || req.url?.startsWith('/trpc/') !== true) return undefined;
  const url = new URL(req.url, 'http://kith');
  const path = url.pathname.slice('/trpc/'.length);
  // oxlint-disable-next-line no-underscore-dangle -- tRPC lists the procedures of a router nowhere else
  const procedures = router._def.procedures as Record<string, AnyProcedure>;
  const procedure = Object.hasOwn(procedures, path) ? procedures[path] : undefined;
  // oxlint-disable-next-line no-underscore-dangle -- nor what kind they are
  if (procedure?._def.type !== 'subscription' || url.searchParams.has('batch')) return undefined;
  return { path, procedure, input: inputOf(url.searchParams, req.headers['last-event-id']) };
}

/** As tRPC has it: an id that comes with a reconnection replaces the one that the subscription began with. */
function inputOf(params: URLSearchParams, header: string | string[] | undefined): unknown {
  const input = parseJson(params.get('input'));
  const lastEventId = header ?? params.get('lastEventId') ?? undefined;
  if (lastEventId === undefined || typeof input !== 'object') return input;
  return { ...input, lastEventId };
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}

async function serve(
  { options, connections }: { options: Serving; connections: SseConnections },
  call: Call,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const ctx = options.createContext(req.headers.authorization, randomUUID());
  let stream: ReturnType<SseConnections['open']> | undefined;
  try {
    const events = await open(call, ctx, gone.signal);
    stream = connections.open(res, connected);
    for await (const event of events) await stream.write(frameOf(event));
    stream.end('event: return\ndata: \n\n');
  } catch (cause) {
    if (gone.signal.aborted) return;
    // The service is stopping, or wants the client to come back: it does, after a connection that just ends.
    if (isAbort(cause)) return void res.end();
    refuse(options, { cause, call, ctx }, { res, stream: () => stream ?? connections.open(res, connected) });
  }
}

async function open(
  { path, procedure, input }: Call,
  ctx: ApiContext,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const run = procedure as unknown as (options: object) => Promise<AsyncIterable<unknown>>;
  return run({
    path,
    ctx,
    signal,
    type: 'subscription',
    getRawInput: () => Promise.resolve(input),
    batchIndex: 0,
  });
}

function refuse(
  options: Serving,
  { cause, call, ctx }: Failure,
  to: { res: ServerResponse; stream(): { end(frame: string): void } },
): void {
  const error = getTRPCErrorFromUnknown(cause);
  logFailure(options, { error, path: call.path, requestId: ctx.requestId });
  const { path, input } = call;
  // oxlint-disable-next-line no-underscore-dangle -- where tRPC keeps the formatter of errors
  const config = options.router._def._config;
  const shape = getTRPCErrorShape({ config, error, type: 'subscription', path, input, ctx });
  if (error.code === 'SERVICE_UNAVAILABLE' && !to.res.headersSent) {
    to.res.writeHead(503, {
      'content-type': 'application/json',
      'retry-after': String(retryAfterSeconds),
      'access-control-allow-origin': '*',
    });
    to.res.end(JSON.stringify({ error: shape }));
  } else {
    to.stream().end(`event: serialized-error\ndata: ${JSON.stringify(shape)}\n\n`);
  }
}

const frames = new WeakMap<object, { id: string; frame: Buffer }>();

/** An event's bytes; made once for all that are given the same object under the same id. */
function frameOf(event: unknown): Buffer {
  if (!isTrackedEnvelope(event)) throw new TypeError('a subscription has to yield tracked events');
  const [id, data] = event as unknown as [string, object];
  const known = frames.get(data);
  if (known?.id === id) return known.frame;
  const frame = Buffer.from(`data: ${JSON.stringify(data)}\nid: ${id}\n\n`);
  frames.set(data, { id, frame });
  return frame;
}

const isAbort = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'AbortError';
