import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inboundStream, inboundSubject, receivedStream, receivedSubject } from '@kith/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { startNats } from '@kith/stack';
import { startTestNats } from '@kith/stack/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bus, openBus } from './bus.ts';
import type { BatchMessage } from './consume-batches.ts';
import { BusUnavailable } from './log.ts';
import { kithStreams } from './streams.ts';

type TestNats = Awaited<ReturnType<typeof startTestNats>>;
let nats: TestNats;
beforeAll(async () => {
  nats = await startTestNats();
});
afterAll(() => nats[Symbol.asyncDispose]());

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const open = () => openBus({ url: nats.url, name: 'test', log: silent });
const mebibyte = 1024 * 1024;
const sizes = {
  receivedBytesMax: 8 * mebibyte,
  inboundBytesMax: 64 * mebibyte,
  eventsBytesMax: 64 * mebibyte,
};
const streams = kithStreams(sizes);
const subject = inboundSubject('email', 'acme');

/** Each test begins with empty streams. */
async function openFresh(): Promise<Bus> {
  const bus = await open();
  await bus.declareStreams(streams);
  return bus;
}

const send = (bus: Bus, text: string) => bus.publish(subject, Buffer.from(text), { messageId: randomUUID() });

/** Collects what a consumer is handed until `enough`, acknowledging as told. */
function collect(
  bus: Bus,
  options: { durable: string; enough(texts: string[]): boolean; settle?(message: BatchMessage): void },
) {
  const ending = new AbortController();
  const texts: string[] = [];
  const consumer = bus.consumeBatches({
    stream: inboundStream,
    durable: options.durable,
    subject: 'kith.inbound.*.*',
    batchMax: 10,
    ackWaitMs: 2_000,
    signal: ending.signal,
    handle: async (batch) => {
      for (const message of batch) {
        texts.push(Buffer.from(message.payload).toString());
        if (options.settle === undefined) message.ack();
        else options.settle(message);
      }
      if (options.enough(texts)) ending.abort();
    },
  });
  return consumer.done.then(() => texts);
}

test('declaring streams twice changes nothing, and a limit that drifted is brought back', async () => {
  await using bus = await openFresh();
  await bus.declareStreams(kithStreams({ ...sizes, inboundBytesMax: 32 * mebibyte }));
  await bus.declareStreams(streams);
  await bus.declareStreams(streams);
  expect(await bus.streamState(inboundStream)).toMatchObject({ messages: 0 });
});

test('what was published is handed over in batches, and again when it is not settled', async () => {
  await using bus = await openFresh();
  await Promise.all(['1', '2', '3'].map((text) => send(bus, text)));
  let refused = false;
  const texts = await collect(bus, {
    durable: 'batches',
    enough: (seen) => seen.length === 4,
    settle: (message) => {
      if (refused) return message.ack();
      refused = true;
      message.retry(10);
    },
  });
  expect(texts.toSorted()).toEqual(['1', '1', '2', '3']);
});

test('publishing fails at once while NATS is away, and everything goes on when it is back', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'kith-bus-'));
  const first = await startNats({ storeDir });
  await using bus = await openBus({ url: first.url, name: 'test', log: silent });
  await bus.declareStreams(streams);
  await send(bus, 'before');
  const texts = collect(bus, { durable: 'outage', enough: (seen) => seen.includes('after') });
  await first.stop();
  await until(() => !bus.isConnected());
  await expect(send(bus, 'lost')).rejects.toBeInstanceOf(BusUnavailable);
  await using again = await startNats({ storeDir, port: first.port });
  expect(again.port).toBe(first.port);
  await untilWorks(() => send(bus, 'after'));
  expect(await texts).toEqual(['before', 'after']);
  await rm(storeDir, { recursive: true, force: true });
}, 60_000);

test('a follower gets what was there and what comes, in order, and knows when it has caught up', async () => {
  await using bus = await openFresh();
  await send(bus, 'f1');
  const { lastSeq } = await bus.streamState(inboundStream);
  const ending = new AbortController();
  const texts: string[] = [];
  const following = bus.follow({
    stream: inboundStream,
    subject: 'kith.inbound.*.*',
    fromSeq: lastSeq,
    signal: ending.signal,
    onMessage: (message) => void texts.push(Buffer.from(message.payload).toString()),
  });
  await following.caughtUp(5_000);
  expect(texts).toEqual(['f1']);
  await send(bus, 'f2');
  await send(bus, 'f3');
  await following.caughtUp(5_000);
  expect(texts).toEqual(['f1', 'f2', 'f3']);
  ending.abort();
  await following.done;
});

test('catching up with a subject nobody used is done at once', async () => {
  await using bus = await openFresh();
  const ending = new AbortController();
  const following = bus.follow({
    stream: 'KITH_ACCOUNTS',
    subject: 'kith.accounts.*.*',
    signal: ending.signal,
    onMessage: () => {},
  });
  await following.caughtUp(5_000);
  ending.abort();
  await following.done;
});

test('a stream that is deleted under a consumer is consumed again once it is declared', async () => {
  await using bus = await openFresh();
  const ending = new AbortController();
  let handled = 0;
  const consumer = bus.consumeBatches({
    stream: 'KITH_EVENTS',
    durable: 'again',
    subject: 'kith.events.*.*.*',
    batchMax: 10,
    ackWaitMs: 2_000,
    signal: ending.signal,
    prepare: () => bus.declareStreams(streams),
    handle: async (batch) => {
      handled += batch.length;
      for (const message of batch) message.ack();
    },
  });
  const event = () =>
    bus.publish('kith.events.acme.record.upserted', Buffer.from('{}'), { messageId: randomUUID() });
  await untilWorks(event);
  await until(() => handled === 1);
  await bus.deleteStream('KITH_EVENTS');
  await untilWorks(event);
  await until(() => handled === 2);
  ending.abort();
  await consumer.done;
}, 60_000);

test('a full stream refuses, and takes messages again when what was settled made room', async () => {
  await using own = await startTestNats();
  await using bus = await openBus({ url: own.url, name: 'test', log: silent });
  await bus.declareStreams(kithStreams({ ...sizes, inboundBytesMax: mebibyte }));
  const sendLarge = () => send(bus, 'x'.repeat(100_000));
  const fill = async (): Promise<void> => {
    for (;;) await sendLarge();
  };
  await expect(fill()).rejects.toBeInstanceOf(BusUnavailable);
  await collect(bus, { durable: 'room', enough: (seen) => seen.length === 10 });
  await expect.poll(() => bus.unacknowledged(inboundStream, 'room')).toBe(0);
  expect(await bus.trimSettled(inboundStream, 'room')).toBe(10);
  await sendLarge();
  expect(await bus.trimSettled(inboundStream, 'room')).toBe(0);
  expect(await bus.streamState(inboundStream)).toMatchObject({ messages: 1 });
});

test('the messages under a workspace can be counted', async () => {
  await using bus = await openFresh();
  await bus.publish(inboundSubject('email', 'counted'), Buffer.from('1'), { messageId: randomUUID() });
  await bus.publish(inboundSubject('whatsapp', 'counted'), Buffer.from('2'), { messageId: randomUUID() });
  expect(await bus.streamState(inboundStream, inboundSubject('*', 'counted'))).toMatchObject({ messages: 2 });
});

test('what is under a subject is settled when all of it was acknowledged', async () => {
  await using own = await startTestNats();
  await using bus = await openBus({ url: own.url, name: 'test', log: silent });
  await bus.declareStreams(streams);
  const isSettled = (workspace: string) =>
    bus.isSettled(inboundStream, 'settling', inboundSubject('email', workspace));
  expect(await isSettled('acme')).toBe(true);
  await send(bus, '1');
  expect(await isSettled('acme')).toBe(false);
  await collect(bus, { durable: 'settling', enough: (seen) => seen.length === 1 });
  await expect.poll(() => isSettled('acme')).toBe(true);
  await send(bus, '2');
  expect([await isSettled('acme'), await isSettled('globex')]).toEqual([false, true]);
});

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 40_000, interval: 20 }).toBe(true);
}

async function untilWorks(act: () => Promise<unknown>): Promise<void> {
  await expect
    .poll(
      () =>
        act().then(
          () => true,
          () => false,
        ),
      { timeout: 40_000, interval: 50 },
    )
    .toBe(true);
}

test('a work queue holds what is still to be done, counted by subject', async () => {
  await using own = await startTestNats();
  await using bus = await openBus({ url: own.url, name: 'test', log: silent });
  expect(await bus.subjectCounts(receivedStream, 'kith.received.*.acme.*')).toEqual(new Map());
  await bus.declareStreams(streams);
  const keep = (workspace: string, count: number) =>
    bus.publish(receivedSubject('email', workspace, count), Buffer.from('x'), { messageId: randomUUID() });
  await keep('acme', 1);
  await keep('acme', 3);
  await keep('acme', 3);
  await keep('globex', 7);
  const waiting = () => bus.subjectCounts(receivedStream, receivedSubject('*', 'acme', '*'));
  expect(await waiting()).toEqual(
    new Map([
      ['kith.received.email.acme.1', 1],
      ['kith.received.email.acme.3', 2],
    ]),
  );
  const ending = new AbortController();
  const consumer = bus.consumeBatches({
    stream: receivedStream,
    durable: 'worker',
    subject: receivedSubject('email', '*', '*'),
    batchMax: 2,
    ackWaitMs: 2_000,
    signal: ending.signal,
    handle: async (batch) => batch.forEach((message) => message.ack()),
  });
  await expect.poll(async () => (await waiting()).size).toBe(0);
  ending.abort();
  await consumer.done;
});

test('a consumer is handed no more than the next batches while it is at work', async () => {
  await using bus = await openFresh();
  const connection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  await Promise.all(Array.from({ length: 200 }, (_, index) => send(bus, String(index))));
  const ending = new AbortController();
  const finished = new AbortController();
  const consumer = bus.consumeBatches({
    stream: inboundStream,
    durable: 'busy',
    subject: 'kith.inbound.*.*',
    batchMax: 2,
    ackPendingMax: 20_000,
    ackWaitMs: 30_000,
    signal: ending.signal,
    handle: () => new Promise((resolve) => finished.signal.addEventListener('abort', () => resolve())),
  });
  const handedOut = async () => (await manager.consumers.info(inboundStream, 'busy')).num_ack_pending;
  await expect.poll(() => handedOut().catch(() => 0)).toBeGreaterThanOrEqual(4);
  await Promise.all(Array.from({ length: 200 }, (_, index) => send(bus, String(index))));
  expect(await handedOut()).toBeLessThanOrEqual(10);
  ending.abort();
  finished.abort();
  await consumer.done;
  await connection.close();
});
