import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tinyAccount as account, tinyProvider as provider } from '../../test/tiny-provider.ts';
import { startTestIngest, type TestIngest } from '../testing/test-ingest.ts';

const settings = { KITH_BODY_BYTES_MAX: '1000', KITH_IN_FLIGHT_MAX: '2', KITH_BODY_IDLE_MS: '300' };

describe('the webhook server', () => {
  let ingest: TestIngest;
  beforeEach(async () => {
    ingest = await startTestIngest({ channel: 'email', providers: [provider], settings });
  });
  afterEach(() => ingest[Symbol.asyncDispose]());

  const post = (body: string, options: { account?: string; password?: string; type?: string } = {}) =>
    fetch(`${ingest.url}/webhooks/postmark/${options.account ?? 'support'}`, {
      method: 'POST',
      headers: {
        'x-password': options.password ?? 'right',
        'content-type': options.type ?? 'text/plain',
      },
      body,
    });
  const newestItems = async () => (await ingest.deliveries()).at(-1)?.items;

  test('publishes what the contracts allow, whatever a parser gives', async () => {
    await ingest.connectAccount(account);
    await post('strange text');
    expect(await newestItems()).toMatchObject([
      { text: 'NUL  and \u{FFFD} half', subject: 'x'.repeat(2_000) },
    ]);
    await post('wrong');
    expect(await newestItems()).toMatchObject([
      { kind: 'unreadable', reason: 'invalid_delivery', detail: 'sentAt: invalid_format' },
    ]);
    await post('throw');
    expect(await newestItems()).toMatchObject([{ kind: 'unreadable', reason: 'parse_failed' }]);
    await post('nothing');
    expect(await newestItems()).toMatchObject([{ kind: 'ignored', reason: 'nothing_for_us' }]);
  });

  test('keeps HTML and files in the blob store of the workspace', async () => {
    await ingest.connectAccount(account);
    await post('hello');
    const [item] = (await newestItems()) ?? [];
    if (item?.kind !== 'message') throw new Error('no message was published');
    expect(Buffer.from(await ingest.blobs.get(item.html?.key ?? '')).toString()).toBe('<p>hello</p>');
    expect(Buffer.from(await ingest.blobs.get(item.attachments[0]?.blob?.key ?? '')).toString()).toBe('file');
  });

  test('publishes a message to ten thousand people as a claim check', async () => {
    await ingest.connectAccount(account);
    expect((await post('crowd')).status).toBe(200);
    const [item] = (await newestItems()) ?? [];
    expect(item?.kind === 'message' && item.participants.length).toBe(10_000);
    const { messages } = await ingest.bus.streamState('KITH_INBOUND');
    expect(messages).toBe(1);
  });

  test('keeps those of a flood together, and each stays a delivery of its own', async () => {
    await ingest.connectAccount(account);
    const answers = await Promise.all(Array.from({ length: 2 }, () => post('hello')));
    const rounds = await Promise.all(
      Array.from({ length: 40 }, async (_, round) => {
        const answer = await untilTaken(() => post(`flood ${round}`));
        return ((await answer.json()) as { deliveryId: string }).deliveryId;
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const deliveries = await ingest.deliveries();
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(42);
    expect(deliveries.map(({ id }) => id)).toEqual(expect.arrayContaining(rounds));
  });

  test('answers 413 for a body over the limit, announced or not', async () => {
    await ingest.connectAccount(account);
    expect((await post('x'.repeat(1_000))).status).toBe(200);
    expect((await post('x'.repeat(1_001))).status).toBe(413);
    const chunked = await fetch(`${ingest.url}/webhooks/postmark/support`, {
      method: 'POST',
      headers: { 'x-password': 'right' },
      body: new Blob(['x'.repeat(5_000)]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });

  test('gives up on a body that does not come, and is free for others meanwhile', async () => {
    await ingest.connectAccount(account);
    await post('hello');
    const slow = await openSlowRequest(ingest.url);
    expect((await post('hello')).status).toBe(200);
    expect(await slow.answer).toMatch(/^HTTP\/1.1 503[^]*body_incomplete/);
  });

  test('answers 503 at once when too much is in progress', async () => {
    await ingest.connectAccount(account);
    await post('hello');
    const slow = await Promise.all([openSlowRequest(ingest.url), openSlowRequest(ingest.url)]);
    await expect.poll(() => ingest.metrics()).toMatch(/kith_webhooks_in_flight 2/);
    const response = await post('hello');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: 'busy' });
    await Promise.all(slow.map(({ answer }) => answer));
    expect((await post('hello')).status).toBe(200);
    expect(await ingest.metrics()).toMatch(/kith_webhooks_in_flight_bytes 0/);
  });

  test('publishes again, and has lost nothing, after NATS was restarted', async () => {
    await ingest.connectAccount(account);
    expect((await post('hello')).status).toBe(200);
    await ingest.nats.restart();
    await expect.poll(async () => (await post('hello')).status, { timeout: 20_000 }).toBe(200);
    await expect.poll(() => ingest.bus.isConnected(), { timeout: 20_000 }).toBe(true);
    expect((await ingest.deliveries()).length).toBeGreaterThanOrEqual(2);
  });

  test('answers 503 to everybody while NATS is away', async () => {
    await ingest.connectAccount(account);
    expect((await post('hello')).status).toBe(200);
    await ingest.nats.stop();
    expect((await post('hello')).status).toBe(503);
    expect((await post('hello', { account: 'nobody' })).status).toBe(503);
    expect((await post('hello', { password: 'wrong' })).status).toBe(503);
  });

  test('answers every other method 404, and a handshake with what was asked', async () => {
    await ingest.connectAccount(account);
    const url = `${ingest.url}/webhooks/postmark/support`;
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await fetch(url, { method })).status).toBe(404);
    }
    const shaken = await fetch(`${url}?challenge=abc`);
    expect([shaken.status, await shaken.text()]).toEqual([200, 'abc']);
  });

  test('counts answers by providers that exist, and by no other name', async () => {
    await fetch(`${ingest.url}/webhooks/made-up/support`, { method: 'POST', body: 'x' });
    expect((await post('x', { account: 'a'.repeat(100) })).status).toBe(404);
    const metrics = await ingest.metrics();
    expect(metrics).toContain('kith_webhooks_total{provider="unknown",answer="no_such_provider"} 1');
    expect(metrics).not.toContain('made-up');
  });
});

/** With two places, most of a flood is told to come again. */
async function untilTaken(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
  }
}

async function openSlowRequest(url: string): Promise<{ answer: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    'POST /webhooks/postmark/support HTTP/1.1\r\nHost: x\r\nX-Password: right\r\nContent-Length: 50\r\n\r\nbegin',
  );
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('error', reject);
    socket.on('data', (piece) => {
      text += piece.toString();
      if (text.includes('message')) {
        socket.destroy();
        resolve(text);
      }
    });
  });
  return { answer };
}
