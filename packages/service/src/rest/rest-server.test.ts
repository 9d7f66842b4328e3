/*
 * What the REST side does with callers that leave, streams that are quiet, and what goes wrong on our side, over real
 * HTTP with procedures made for it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { tracked, type AnyRouter } from '@trpc/server';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { type HttpServer, listen } from '../http-server.ts';
import { createLog } from '../log.ts';
import { procedure, router } from '../trpc.ts';
import { type ApiOptions, createApi } from '../trpc-server.ts';
import { eventStreamAnswer } from './event-stream.ts';
import { restRoutes } from './routes.ts';

const about = { title: 'Test', description: 'Test', shapes: {} };
const nothing = z.strictObject({});
const forEver = (signal: AbortSignal | undefined) =>
  delay(60_000, undefined, signal === undefined ? {} : { signal });

/** Procedures that say what became of them. */
function createTestRouter(ended: string[]) {
  return router({
    wait: procedure
      .meta({ rest: 'GET /wait', summary: 'Waits' })
      .input(nothing)
      .output(nothing)
      .query(async ({ signal }) => {
        await forEver(signal).catch(() => ended.push('query'));
        return {};
      }),
    fail: procedure
      .meta({ rest: 'POST /fail/{how}', summary: 'Fails' })
      .input(z.strictObject({ how: z.enum(['down', 'defect']) }))
      .output(nothing)
      .mutation(({ input }): Record<string, never> => {
        throw new Error(input.how === 'down' ? 'away' : 'select secret from secrets');
      }),
    stream: procedure
      .meta({ rest: 'GET /stream', summary: 'Streams', event: z.strictObject({ n: z.int() }) })
      .input(nothing)
      .subscription(async function* ({ signal }) {
        try {
          yield tracked('1', { n: 1 });
          await forEver(signal);
        } finally {
          ended.push('stream');
        }
      }),
  });
}

/** These procedures ask none. */
const noDatabase: ApiOptions['database'] = {
  observeStatements: async (_, run) => ({
    value: await run(),
    costs: { statements: 0, rows: 0, seconds: 0 },
  }),
  pool: () => ({ total: 0, idle: 0, waiting: 0 }),
};

async function openTestApi(given: AnyRouter): Promise<HttpServer & AsyncDisposable> {
  const { app } = createApi({
    router: given,
    about,
    log: createLog({ name: 'test', level: 'silent' }),
    metrics: new Registry(),
    database: noDatabase,
    authenticate: async () => ({ workspace: 'acme', keyId: 'k1' }),
    isUnavailable: (err) => err instanceof Error && err.message === 'away',
  });
  const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
  return { ...server, [Symbol.asyncDispose]: () => server.close(0) };
}

const headers = { authorization: 'Bearer any' };

test('a procedure whose caller leaves is told, and a stream of which nobody reads ends', async () => {
  const ended: string[] = [];
  await using server = await openTestApi(createTestRouter(ended));
  const leaving = new AbortController();
  const waiting = fetch(`${server.url}/v1/wait`, { headers, signal: leaving.signal }).catch(() => 'left');
  const stream = await fetch(`${server.url}/v1/stream`, { headers, signal: leaving.signal });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain(': open');
  expect(ended).toEqual([]);
  leaving.abort();
  expect(await waiting).toBe('left');
  await expect.poll(() => ended.toSorted(), { timeout: 5_000 }).toEqual(['query', 'stream']);
});

test('a stream is not opened for who asks for its headers only', async () => {
  await using server = await openTestApi(createTestRouter([]));
  const answer = await fetch(`${server.url}/v1/stream`, { method: 'HEAD', headers });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
});

test('what is ours to repair is 503 with Retry-After, or 500 without a word of what it was', async () => {
  await using server = await openTestApi(createTestRouter([]));
  const post = (path: string) => fetch(`${server.url}/v1${path}`, { method: 'POST', headers });
  const down = await post('/fail/down');
  expect([down.status, down.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await down.json()).toMatchObject({ code: 'unavailable', field: null, issues: [] });
  const defect = await post('/fail/defect');
  expect(defect.status).toBe(500);
  const text = await defect.text();
  expect(JSON.parse(text)).toEqual({
    code: 'internal',
    message: expect.stringMatching(/^internal error; the log has it as [0-9a-f-]{36}$/) as string,
    field: null,
    issues: [],
    requestId: expect.any(String) as string,
  });
  expect(text).not.toMatch(/secret|rest-server/);
});

test('a quiet stream has heartbeats between its events, and ends with its events', async () => {
  const events = (async function* () {
    yield tracked('7', { n: 1 });
    await delay(60);
    yield { n: 2 };
  })();
  const answer = eventStreamAnswer({ events, heartbeatMs: 20, onError: () => {} });
  expect(await answer.text()).toMatch(
    /^: open\n\nid: 7\ndata: {"n":1}\n\n(: heartbeat\n\n)+data: {"n":2}\n\n$/,
  );
});

test('a stream whose reader leaves lets go of its events, also of those that nobody waits for', async () => {
  let isOver = false;
  const events = (async function* () {
    try {
      for (let n = 0; ; n += 1) yield { n };
    } finally {
      isOver = true;
    }
  })();
  const reader = eventStreamAnswer({ events, heartbeatMs: 1_000, onError: () => {} }).body?.getReader();
  for (let chunks = 0; chunks < 3; chunks += 1) await reader?.read();
  await reader?.cancel();
  expect(isOver).toBe(true);
});

test('a procedure that REST cannot serve stops the service with what it lacks', () => {
  const of = (built: Parameters<typeof router>[0]) => () => restRoutes(router(built));
  const base = procedure.input(nothing);
  const meta = { rest: 'GET /x', summary: 'X' } as const;
  expect(of({ x: base.output(nothing).query(() => ({})) })).toThrow(/^x says in no .meta/);
  const served = base.meta(meta).output(nothing);
  expect(of({ x: served.query(() => ({})), y: served.query(() => ({})) })).toThrow(
    'y and x are both served under GET /v1/x',
  );
  expect(of({ x: base.meta(meta).query(() => ({})) })).toThrow(/^x needs an .output/);
  expect(
    of({
      x: procedure
        .meta(meta)
        .output(nothing)
        .query(() => ({})),
    }),
  ).toThrow(/^x needs exactly one .input/);
});
