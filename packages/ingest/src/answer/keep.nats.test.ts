import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobStore, openBlobStore } from '@kith/blobs';
import { type Bus, BusUnavailable, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { receivedStream } from '@kith/contracts';
import { createLog } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeReceived, type ReceivedWebhook } from '../received.ts';
import { createKeeper, type Keeper } from './keep.ts';

const webhookOf = (fields: Partial<ReceivedWebhook> = {}): ReceivedWebhook => ({
  version: 1,
  id: randomUUID(),
  workspace: 'acme',
  accountId: 'support',
  provider: 'meta',
  contentType: 'application/json',
  receivedAt: '2026-11-25T10:00:00.000Z',
  isAlone: false,
  body: Buffer.from('{}'),
  ...fields,
});

describe('webhooks that were verified', () => {
  let nats: Awaited<ReturnType<typeof startTestNats>>;
  let bus: Bus;
  let blobs: BlobStore;
  let dir: string;
  let keeper: Keeper;
  beforeEach(async () => {
    nats = await startTestNats();
    bus = await openBus({ url: nats.url, name: 'test', log: createLog({ name: 'test', level: 'silent' }) });
    await declareTestStreams(bus);
    dir = await mkdtemp(join(tmpdir(), 'kith-keep-'));
    blobs = openBlobStore({ dir });
    keeper = createKeeper({ channel: 'whatsapp', bus, blobs });
  });
  afterEach(async () => {
    await bus.close();
    await nats.stop();
    await rm(dir, { recursive: true });
  });

  const counts = () => bus.subjectCounts(receivedStream, '>');
  const keptNext = (): Promise<ReceivedWebhook[]> =>
    new Promise((resolve) => {
      const ending = new AbortController();
      bus.consumeBatches({
        stream: receivedStream,
        durable: 'test',
        subject: 'kith.received.*.*.*',
        batchMax: 1,
        ackWaitMs: 2_000,
        signal: ending.signal,
        handle: async ([message]) => {
          if (message === undefined) return;
          message.ack();
          ending.abort();
          resolve(decodeReceived(message.payload));
        },
      });
    });

  test('share a message when they arrive together, and workspaces do not', async () => {
    const webhooks = Array.from({ length: 100 }, (_, index) =>
      webhookOf({ workspace: index % 4 === 0 ? 'globex' : 'acme', body: Buffer.from(`body ${index}`) }),
    );
    await Promise.all(webhooks.map((webhook) => keeper.keep(webhook)));
    expect(await counts()).toEqual(
      new Map([
        ['kith.received.whatsapp.acme.64', 1],
        ['kith.received.whatsapp.acme.11', 1],
        ['kith.received.whatsapp.globex.25', 1],
      ]),
    );
  });

  test('stay together only while their message stays small', async () => {
    const large = () => webhookOf({ body: Buffer.alloc(200_000, 'x') });
    await Promise.all([keeper.keep(large()), keeper.keep(large()), keeper.keep(large())]);
    expect(await counts()).toEqual(
      new Map([
        ['kith.received.whatsapp.acme.2', 1],
        ['kith.received.whatsapp.acme.1', 1],
      ]),
    );
  });

  test('leave a body that NATS would refuse in the blob store', async () => {
    const body = Buffer.alloc(5_000_000, 'x');
    await keeper.keep(webhookOf({ body }));
    const [webhook] = await keptNext();
    expect(webhook?.body.byteLength).toBe(0);
    expect(Buffer.compare(await blobs.get(webhook?.blob?.key ?? ''), body)).toBe(0);
  });

  test('are all told when their message could not be stored', async () => {
    await nats.stop();
    await expect.poll(() => bus.isConnected()).toBe(false);
    const ended = await Promise.allSettled([keeper.keep(webhookOf()), keeper.keep(webhookOf())]);
    for (const { status, ...end } of ended) {
      expect(status).toBe('rejected');
      expect('reason' in end && end.reason).toBeInstanceOf(BusUnavailable);
    }
  });
});
