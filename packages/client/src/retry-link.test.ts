/*
 * How the client behaves towards a server that fails: a real HTTP server that answers as it is told.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createKithClient, type KithClient, type RetryLimits } from './index.ts';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'cut';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const good = { status: 200, body: [{ result: { data: { items: [], nextCursor: null } } }] };
const starting = { status: 503, body: { error: 'unavailable', message: 'the service is starting' } };
const refused = (status: number, code: string): Answer => ({
  status,
  body: [{ error: { message: code, code: -32603, data: { code, httpStatus: status, kith: { code } } } }],
});

/** A client of a server that gives these answers in turn, the last for ever. */
async function clientOf(answers: Answer[], retry: Partial<RetryLimits> = {}) {
  let requests = 0;
  const server = createServer((req, res) => {
    req.resume();
    const answer = answers[Math.min(requests, answers.length - 1)] ?? 'cut';
    requests += 1;
    if (answer === 'cut') return void req.socket.destroy();
    res.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    res.end(JSON.stringify(answer.body ?? {}));
  }).listen(0, '127.0.0.1');
  closers.push(() => server.close().closeAllConnections());
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const kith = createKithClient({ queryUrl: url, resolverUrl: url, apiKey: 'kith_x', retry });
  return { kith, requests: () => requests };
}

const read = (kith: KithClient) => kith.read.records.search.query({});
const upsert = (kith: KithClient) =>
  kith.write.records.upsert.mutate({ pipeline: 'contacts', recordId: '93', fields: {} });
const createKey = (kith: KithClient) => kith.write.keys.create.mutate({ name: 'CRM' });

test.each<[string, Answer]>([
  ['has no answer', 'cut'],
  ['meets a gateway without a service', { status: 502 }],
  ['meets a service that starts', starting],
  ['is unavailable', refused(503, 'unavailable')],
  ['meets too many others', { status: 429 }],
])('a read that %s is made again', async (_, answer) => {
  const { kith, requests } = await clientOf([answer, good]);
  expect(await read(kith)).toEqual({ items: [], nextCursor: null });
  expect(requests()).toBe(2);
});

test('a read is made so often and no oftener, and what is wrong with it once', async () => {
  const away = await clientOf(['cut']);
  await expect(read(away.kith)).rejects.toThrow();
  expect(away.requests()).toBe(4);
  const wrong = await clientOf([refused(400, 'bad_input')]);
  await expect(read(wrong.kith)).rejects.toThrow('bad_input');
  expect(wrong.requests()).toBe(1);
});

test('Retry-After is waited for, unless it asks for longer than a call may take', async () => {
  const soon = await clientOf([{ status: 429, headers: { 'retry-after': '1' } }, good]);
  const began = performance.now();
  await read(soon.kith);
  expect(performance.now() - began).toBeGreaterThanOrEqual(995);
  const late = await clientOf([{ status: 503, headers: { 'retry-after': '60' } }, good]);
  await expect(read(late.kith)).rejects.toThrow();
  expect(late.requests()).toBe(1);
});

test('a call that is aborted while it waits ends at once', async () => {
  const { kith, requests } = await clientOf([{ status: 503, headers: { 'retry-after': '10' } }]);
  const giveUp = new AbortController();
  const reading = kith.read.records.search.query({}, { signal: giveUp.signal });
  await expect.poll(requests).toBe(1);
  giveUp.abort();
  await expect(reading).rejects.toThrow();
  expect(requests()).toBe(1);
  // Less than the wait that was asked for.
}, 5_000);

test('a write of which nobody knows what became is repeated only where twice is the same as once', async () => {
  const { kith, requests } = await clientOf(['cut', good]);
  await upsert(kith);
  expect(requests()).toBe(2);
  for (const answer of ['cut', { status: 502 }, refused(503, 'unavailable')] as const) {
    const failed = await clientOf([answer, good]);
    await expect(createKey(failed.kith)).rejects.toThrow();
    expect(failed.requests()).toBe(1);
  }
});

test('a write that was refused before it began is repeated, whatever it does', async () => {
  const { kith, requests } = await clientOf([starting, { status: 429 }, good]);
  await createKey(kith);
  expect(requests()).toBe(3);
});
