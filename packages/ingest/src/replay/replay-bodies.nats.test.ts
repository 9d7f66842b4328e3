import type { Delivery } from '@kith/contracts';
import { inboundStream, receivedStream, replayStream } from '@kith/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyAccount, tinyProvider } from '../../test/tiny-provider.ts';
import { startTestIngest, type TestIngest } from '../testing/test-ingest.ts';

let ingest: TestIngest;
beforeAll(async () => {
  ingest = await startTestIngest({ channel: 'email', providers: [tinyProvider] });
  await ingest.connectAccount(tinyAccount);
});
afterAll(() => ingest[Symbol.asyncDispose]());

/** Posts a body, and answers the deliveries that it became. */
async function post(body: string): Promise<Delivery[]> {
  const before = (await ingest.deliveries()).length;
  const headers = { 'x-password': 'right' };
  const response = await fetch(`${ingest.url}/webhooks/postmark/support`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  return (await ingest.deliveries()).slice(before);
}

/** The body of a dead letter that an older reader could not read: kept, and told of by a delivery of one item. */
async function deadLetterOf(body: string): Promise<Delivery> {
  const [delivery] = await post('throw');
  if (delivery === undefined) throw new Error('nothing was read');
  return { ...delivery, raw: await ingest.blobs.put('acme', Buffer.from(body)) };
}

test('a body is read again with today’s code, and told apart from what is still to be counted', async () => {
  const dead = await deadLetterOf('hello');
  expect(dead.items).toMatchObject([{ kind: 'unreadable', reason: 'parse_failed' }]);
  const before = await ingest.bus.streamState(inboundStream);
  const { further, delivery } = await ingest.replay(dead);
  expect(further).toEqual([]);
  const { id, receivedAt, raw, origin } = dead;
  expect(delivery).toMatchObject({ id, receivedAt, raw, origin, items: [{ kind: 'message' }] });
  const [item] = delivery?.items ?? [];
  if (item?.kind !== 'message') throw new Error('no message was read');
  expect(Buffer.from(await ingest.blobs.get(item.html?.key ?? '')).toString()).toBe('<p>hello</p>');
  expect(await ingest.bus.streamState(inboundStream)).toEqual(before);
  expect((await ingest.bus.streamState(receivedStream)).messages).toBe(0);
  await expect.poll(async () => (await ingest.bus.streamState(replayStream)).messages).toBe(0);
});

test('a body that still cannot be read is told with today’s reason', async () => {
  const [dead] = await post('throw');
  if (dead === undefined) throw new Error('nothing was read');
  const { delivery } = await ingest.replay(dead);
  expect(delivery?.items).toMatchObject([{ kind: 'unreadable', reason: 'parse_failed' }]);
});

test('a body that is not kept any more is told to be gone', async () => {
  const dead = await deadLetterOf('hello');
  const gone = { key: `acme/ab/ab${'0'.repeat(62)}`, size: 5 };
  expect(await ingest.replay({ ...dead, raw: gone })).toEqual({ further: [], delivery: null });
});

test('an account that is disconnected keeps nothing from being read again', async () => {
  await ingest.connectAccount({ ...tinyAccount, accountId: 'gone', deleted: true });
  const { delivery } = await ingest.replay({ ...(await deadLetterOf('hello')), accountId: 'gone' });
  expect(delivery?.items).toMatchObject([{ kind: 'message' }]);
});

test('a body that holds thousands of items today is told in pieces, and the first ends the dead letter', async () => {
  const { further, delivery } = await ingest.replay(await deadLetterOf('many 2500'));
  expect(further.map(({ items }) => items.length)).toEqual([1000, 500]);
  expect(delivery?.items).toHaveLength(1000);
  expect(further[1]?.items.at(-1)).toMatchObject({ externalId: 'message-2499' });
});

test('of a body that was several deliveries, the one that is meant is told', async () => {
  const deliveries = await post('many 2500');
  const [first, second, third] = deliveries;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('too few deliveries');
  const arrivedWith = deliveries.map(({ id }) => id);
  for (const one of [second, third, first]) {
    expect(await ingest.replay(one, { arrivedWith })).toEqual({ further: [], delivery: one });
  }
});
