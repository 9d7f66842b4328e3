import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { postWebhook } from './post-webhook.ts';

type Answer = (res: ServerResponse, req: IncomingMessage) => void;

/** A provider's view of an ingest service: answers each request with the next of `answers`, then the last. */
async function startServer(answers: Answer[]) {
  let calls = 0;
  const server = createServer((req, res) => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    req.resume().on('end', () => answer?.(res, req));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    target: {
      url: `http://127.0.0.1:${port}/webhooks/mime/x`,
      headers: { 'content-type': 'message/rfc822' },
    },
    calls: () => calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const accept: Answer = (res) => res.end('{"deliveryId":"d1","items":1}');
const answer =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (res) =>
    res.writeHead(status, headers).end(`{"error":"code_${status}","message":"because"}`);

test('a 200 is accepted with its delivery id', async () => {
  await using server = await startServer([accept]);
  expect(await postWebhook(server.target, 'x', { patienceMs: 0 })).toEqual({
    ended: 'accepted',
    deliveryId: 'd1',
  });
});

test('a 503 is tried again, not before Retry-After', async () => {
  await using server = await startServer([answer(503, { 'retry-after': '1' }), accept]);
  const began = performance.now();
  const result = await postWebhook(server.target, 'x', { patienceMs: 10_000 });
  expect(result.ended).toBe('accepted');
  expect(performance.now() - began).toBeGreaterThan(950);
  expect(server.calls()).toBe(2);
});

test('a refusal is final and carries its code', async () => {
  await using server = await startServer([answer(413), accept]);
  expect(await postWebhook(server.target, 'x', { patienceMs: 10_000 })).toEqual({
    ended: 'refused',
    status: 413,
    code: 'code_413',
    message: 'because',
  });
});

test('a 404 is tried again while the account may still be settling', async () => {
  await using server = await startServer([answer(404), accept]);
  const settledAtMs = performance.now() + 10_000;
  expect((await postWebhook(server.target, 'x', { patienceMs: 0, settledAtMs })).ended).toBe('accepted');
});

test('a lost connection is tried again', async () => {
  await using server = await startServer([(_, req) => req.socket.destroy(), accept]);
  expect((await postWebhook(server.target, 'x', { patienceMs: 10_000 })).ended).toBe('accepted');
});

test('patience ends, and says why nothing was accepted', async () => {
  await using server = await startServer([answer(503)]);
  expect(await postWebhook(server.target, 'x', { patienceMs: 100 })).toEqual({
    ended: 'unreachable',
    message: 'because',
  });
});

test('an abort ends a request that gets no answer', async () => {
  const stop = new AbortController();
  await using server = await startServer([() => stop.abort(new Error('enough'))]);
  await expect(postWebhook(server.target, 'x', { patienceMs: 60_000, signal: stop.signal })).rejects.toThrow(
    'enough',
  );
});
