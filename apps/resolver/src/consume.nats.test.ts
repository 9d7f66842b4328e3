import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '@kith/blobs';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type Delivery, inboundSubject } from '@kith/contracts';
import { openTestDatabase } from '@kith/database/testing';
import { createKeyedHash, createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, mail } from '../test/deliveries.ts';
import { countsOf } from '../test/state.ts';
import { consumeDeliveries } from './consume.ts';
import { createResolverMetrics } from './metrics.ts';
import { startRelay } from './outbox/relay.ts';

type Rig = Awaited<ReturnType<typeof openRig>>;
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

/** The resolver's consuming half on a real database, NATS and blob store. */
async function openRig() {
  const nats = await startTestNats();
  const database = await openTestDatabase();
  const blobDir = await mkdtemp(join(tmpdir(), 'kith-blobs-'));
  const blobs = openBlobStore({ dir: blobDir });
  const log = createLog({ name: 'resolver', level: 'silent' });
  const ending = new AbortController();
  const bus = await openBus({ url: nats.url, name: 'test', log });
  const { db } = database;
  const relay = startRelay({ db, bus, log, signal: ending.signal });
  const metrics = createResolverMetrics(new Registry());
  const hash = createKeyedHash(Buffer.alloc(32).toString('base64'), 'erasure');
  const prepare = () => declareTestStreams(bus);
  await prepare();
  const consume = () =>
    consumeDeliveries(
      { db, bus, blobs, relay, log, metrics, hash, prepare, now: () => new Date() },
      ending.signal,
    );
  const publish = (subject: string, body: unknown) =>
    bus.publish(subject, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
      messageId: crypto.randomUUID(),
    });
  let consuming: Promise<void> | undefined;
  return {
    db,
    bus,
    blobs,
    relay,
    send: (workspace: string, delivery: Delivery) =>
      publish(inboundSubject('email', workspace), { ...delivery, workspace }),
    publish,
    start: () => void (consuming ??= consume()),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await Promise.all([consuming, relay.done]);
      await bus.close();
      await database[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      await rm(blobDir, { recursive: true, force: true });
    },
  };
}

const countsBecome = (workspace: string, counts: object) =>
  expect.poll(() => countsOf(rig.db, workspace), { timeout: 20_000, interval: 25 }).toEqual(counts);

test('a delivery that cannot be stored ends as a dead letter, and everything in its batch is stored', async () => {
  const poison = arrived([{ ...mail({ id: 'poison@x' }), text: 'NUL \u0000 cannot be stored' }]);
  const good = Array.from({ length: 7 }, (_, index) => arrived([mail({ id: `good${index}@x` })]));
  // Published before consuming begins, so that they come as one batch.
  for (const { delivery } of [...good.slice(0, 3), poison, ...good.slice(3)])
    await rig.send('mixed', delivery);
  await rig.publish(inboundSubject('email', 'mixed'), 'this is no delivery');
  await rig.publish(inboundSubject('email', 'mixed'), {
    ...arrived([mail({ id: 'z' })]).delivery,
    workspace: 'acme',
  });
  rig.start();
  await countsBecome('mixed', { accepted: 10, stored: 7, dead_lettered: 3 });
  const letters = await rig.db.rows(sql`select reason, detail from dead_letter
    where workspace_id = 'mixed' order by reason, detail`);
  expect(letters).toEqual([
    { reason: 'invalid_delivery', detail: 'is not JSON' },
    { reason: 'invalid_delivery', detail: expect.stringContaining('another subject') },
    { reason: 'write_failed', detail: expect.stringContaining('22P05') },
  ]);
});

test('a delivery too large for NATS is claimed from the blob store', async () => {
  rig.start();
  const to = Array.from({ length: 12_000 }, (_, index) => `person${index}@list.example`);
  const { delivery } = arrived([mail({ id: 'large@x', to })], { workspace: 'large' });
  const blob = await rig.blobs.put('large', Buffer.from(JSON.stringify(delivery)));
  await rig.publish(inboundSubject('email', 'large'), { version: 1, id: delivery.id, deliveryBlob: blob });
  await countsBecome('large', { accepted: 1, stored: 1 });
});

test('what is committed is told on NATS, each fact once, in CloudEvents and without personal data', async () => {
  rig.start();
  const events: string[] = [];
  const ending = new AbortController();
  const following = rig.bus.follow({
    stream: 'KITH_EVENTS',
    subject: 'kith.events.told.*.*',
    signal: ending.signal,
    onMessage: (message) => void events.push(Buffer.from(message.payload).toString()),
  });
  await rig.send(
    'told',
    arrived([mail({ id: 'told@x', name: 'Ana Lima', subject: 'Secret offer' })]).delivery,
  );
  await countsBecome('told', { accepted: 1, stored: 1 });
  await expect.poll(() => events.length, { timeout: 10_000 }).toBe(4);
  const types = events.map((text) => JSON.parse(text).type).toSorted();
  expect(types).toEqual([
    'conversation.created',
    'message.recorded',
    'participant.created',
    'participant.created',
  ]);
  expect(events.join()).not.toMatch(/lima|Ana|Secret|acme\.example/);
  expect(JSON.parse(events[0] ?? '')).toMatchObject({
    specversion: '1.0',
    workspace: 'told',
    schemaversion: '1',
  });
  ending.abort();
  await following.done;
});
