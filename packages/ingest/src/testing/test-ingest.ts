/*
 * An ingest service in the test's own process: the real server, a real nats-server, a blob store in a directory of
 * its own. Accounts are connected as the resolver would do it, and deliveries read as the resolver would read them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BlobStore, openBlobStore } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import {
  type AccountState,
  accountSubject,
  type Channel,
  Delivery,
  InboundMessage,
  inboundStream,
  inboundSubject,
  mediaStream,
  receivedStream,
  ReplayedBody,
  replayedSubject,
  replayStream,
  type ReplayTask,
  replayTaskSubject,
} from '@kith/contracts';
import {
  createHealth,
  createLog,
  createSecretBox,
  listen,
  type RunningService,
  type SecretBox,
} from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { Registry } from 'prom-client';
import * as z from 'zod';
import { openIngest } from '../open-ingest.ts';
import type { Provider } from '../provider.ts';
import { ingestSettings } from '../settings.ts';
import { openReaders } from '../work/readers.ts';

/** What the service under test is made of. `settings` are environment variables of `ingestSettings`. */
export interface TestIngestOptions {
  channel: Channel;
  providers: readonly Provider[];
  /** The app's compiled `read-body.js`; without it, bodies are read where they are. */
  threadFile?: URL;
  settings?: Readonly<Record<string, string>>;
  now?: () => number;
}

/** An account to connect. */
export type TestAccount = Pick<AccountState, 'workspace' | 'accountId' | 'provider'> & {
  secrets: unknown;
  settings?: Record<string, unknown>;
  deleted?: boolean;
};

/** A running service, and what stands around it. */
export interface TestIngest extends AsyncDisposable {
  url: string;
  bus: Bus;
  blobs: BlobStore;
  nats: Awaited<ReturnType<typeof startTestNats>>;
  /** Resolves when NATS has the account; the service may not have read it yet. */
  connectAccount(account: TestAccount): Promise<void>;
  /** Every delivery of what was answered until now, claim checks opened: waits until all of it was read. */
  deliveries(): Promise<Delivery[]>;
  /** Asks for a delivery to be read again, as the resolver does for its dead letters, and answers what came of it. */
  replay(delivery: Delivery, words?: Partial<ReplayTask>): Promise<Replayed>;
  metrics(): Promise<string>;
}

/** What came of reading a body again: what is found beyond its first delivery, and that one; null where it is gone. */
export interface Replayed {
  further: Delivery[];
  delivery: Delivery | null;
}

/** Starts it; dispose of it at the end. */
export async function startTestIngest(options: TestIngestOptions): Promise<TestIngest> {
  const nats = await startTestNats();
  const dir = await mkdtemp(join(tmpdir(), 'kith-ingest-'));
  const secretKey = randomBytes(32).toString('base64');
  const env = { NATS_URL: nats.url, KITH_SECRET_KEY: secretKey, KITH_BLOB_DIR: dir, ...options.settings };
  const log = createLog({ name: 'test-ingest', level: 'silent' });
  const ending = new AbortController();
  const metrics = new Registry();
  const bus = await openBus({ url: nats.url, name: 'test', log });
  await declareTestStreams(bus);
  const config = z.object(ingestSettings).parse(env);
  const readers = openReaders({
    config,
    providers: options.providers,
    threadFile: options.threadFile ?? new URL('file:///nowhere'),
    inlineBytesMax: options.threadFile === undefined ? Number.POSITIVE_INFINITY : 0,
  });
  const service = await openIngest(
    { name: 'test-ingest', config, log, metrics, health: createHealth(), signal: ending.signal },
    { ...options, readers },
  );
  const server = await listen({ ...listening(service), host: '127.0.0.1', port: 0 });
  const blobs = openBlobStore({ dir });
  const box = createSecretBox(secretKey);
  return {
    url: server.url,
    bus,
    blobs,
    nats,
    connectAccount: (account) => connectAccount({ bus, box, channel: options.channel }, account),
    deliveries: async () => {
      await untilRead(bus);
      return readDeliveries(bus, blobs);
    },
    replay: async (delivery, words = {}) => {
      await publishTask(bus, delivery, words);
      return readReplayed(bus, blobs);
    },
    metrics: () => metrics.metrics(),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await server.close(1_000);
      await service.stop();
      await bus.close();
      await nats.stop();
      await rm(dir, { recursive: true });
    },
  };
}

const listening = ({ app, nodeHandler }: RunningService) => ({
  handler: app.fetch,
  ...(nodeHandler === undefined ? {} : { nodeHandler }),
});

const untilReadMs = 30_000;

/** Until nothing is left of what was answered, and of the files that it names. */
async function untilRead(bus: Bus): Promise<void> {
  const giveUpAt = performance.now() + untilReadMs;
  for (;;) {
    const received = await bus.streamState(receivedStream);
    const media = await bus.streamState(mediaStream);
    if (received.messages + media.messages === 0) return;
    if (performance.now() > giveUpAt) throw new Error(`not all was read within ${untilReadMs} ms`);
    await delay(10);
  }
}

async function connectAccount(
  parts: { bus: Bus; box: SecretBox; channel: Channel },
  account: TestAccount,
): Promise<void> {
  const { workspace, accountId, provider, secrets, settings = {}, deleted = false } = account;
  const state: AccountState = {
    version: 1,
    workspace,
    accountId,
    channel: parts.channel,
    provider,
    sealedSecrets: parts.box.seal(`${workspace}/${accountId}`, secrets),
    settings,
    deleted,
  };
  await parts.bus.publish(accountSubject(workspace, accountId), Buffer.from(JSON.stringify(state)), {
    messageId: randomUUID(),
  });
}

async function readDeliveries(bus: Bus, blobs: BlobStore): Promise<Delivery[]> {
  const reading = new AbortController();
  const found: Uint8Array[] = [];
  const following = bus.follow({
    stream: inboundStream,
    subject: inboundSubject('*', '*'),
    signal: reading.signal,
    onMessage: ({ payload }) => found.push(payload),
  });
  await following.caughtUp(10_000);
  reading.abort();
  return Promise.all(found.map((payload) => openDelivery(blobs, payload)));
}

async function openDelivery(blobs: BlobStore, payload: Uint8Array): Promise<Delivery> {
  const message = InboundMessage.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  if (!('deliveryBlob' in message)) return message;
  const whole = await blobs.get(message.deliveryBlob.key);
  return Delivery.parse(JSON.parse(Buffer.from(whole).toString('utf8')));
}

async function publishTask(bus: Bus, delivery: Delivery, words: Partial<ReplayTask>): Promise<void> {
  const { id, workspace, accountId, channel, provider, origin, receivedAt, raw, items } = delivery;
  const task = {
    version: 1,
    workspace,
    accountId,
    channel,
    provider,
    origin,
    receivedAt,
    deliveryId: id,
    raw: raw.key,
    items: [0],
    itemCount: items.length,
    arrivedWith: [id],
    ...words,
  };
  await bus.publish(replayTaskSubject(channel, workspace), Buffer.from(JSON.stringify(task)), {
    messageId: randomUUID(),
  });
}

/** Takes what was read off its stream until the message that ends the dead letters. */
async function readReplayed(bus: Bus, blobs: BlobStore): Promise<Replayed> {
  const reading = new AbortController();
  const found: ReplayedBody[] = [];
  const consumer = bus.consumeBatches({
    stream: replayStream,
    isWorkQueue: true,
    durable: 'test-replays',
    subject: replayedSubject('*', '*'),
    batchMax: 1,
    ackWaitMs: 10_000,
    signal: AbortSignal.any([reading.signal, AbortSignal.timeout(untilReadMs)]),
    handle: async (batch) => {
      for (const message of batch) {
        found.push(ReplayedBody.parse(JSON.parse(Buffer.from(message.payload).toString('utf8'))));
        message.ack();
      }
      if (found.at(-1)?.settles === true) reading.abort();
    },
  });
  await consumer.done;
  const last = found.pop();
  if (last === undefined) throw new Error(`nothing was read again within ${untilReadMs} ms`);
  const open = async ({ key }: { key: string }) =>
    Delivery.parse(JSON.parse(Buffer.from(await blobs.get(key)).toString('utf8')));
  return {
    further: await Promise.all(found.flatMap(({ delivery }) => (delivery === null ? [] : [open(delivery)]))),
    delivery: last.delivery === null ? null : await open(last.delivery),
  };
}
