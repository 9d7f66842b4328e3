/*
 * Reads the webhooks that were answered 200, and hands what is in them on to the resolver.
 *
 * A message is taken off its stream only when everything in it was published, so a process that dies in between
 * leaves the work to the next, which publishes the same under the same ids. What something of ours keeps from being
 * published comes again, for as long as it takes; what a provider keeps from being completed is tried for hours and
 * then read as it is.
 */
import type { BlobStore } from '@kith/blobs';
import type { BatchConsumer, BatchMessage, Bus } from '@kith/bus';
import { type Channel, receivedStream, receivedSubject } from '@kith/contracts';
import type { Logger } from '@kith/service';
import type { MountedAccount } from '../account-table.ts';
import type { Accounts } from '../accounts.ts';
import type { InFlight } from '../answer/in-flight.ts';
import type { Keeper } from '../answer/keep.ts';
import type { IngestMetrics } from '../metrics.ts';
import type { ReceivedBody } from '../provider.ts';
import { decodeReceived, type ReceivedWebhook } from '../received.ts';
import { createAtOnce } from './at-once.ts';
import { type Completed, createCompleter } from './complete.ts';
import { createPace, type Pace } from './pace.ts';
import { publishDeliveries } from './publish-deliveries.ts';
import type { Readers } from './readers.ts';
import { storeItems } from './store-items.ts';

/** What reading needs. */
export interface ReadParts {
  channel: Channel;
  bus: Bus;
  blobs: BlobStore;
  accounts: Accounts;
  readers: Readers;
  keeper: Keeper;
  metrics: IngestMetrics;
  log: Logger;
  /** What is being answered: in a rush, reading lets it go first. */
  inFlight: Pick<InFlight, 'takePeak'>;
}

/** Few, because one message may hold sixty webhooks. */
const batchMax = 2;
const atOnceMax = 64;
/** How long a process that was killed, or an acknowledgement that was lost, keeps work from others. */
const ackWaitMs = 10_000;
const stillWorkingMs = 3_000;
const retryMsMax = 30_000;

/** Reads until the signal aborts; `done` resolves when the last webhook is settled or left to the next process. */
export function readReceived(parts: ReadParts, signal: AbortSignal): BatchConsumer {
  const atOnce = createAtOnce(atOnceMax);
  const complete = createCompleter(parts.log);
  const pace = createPace(parts.inFlight, signal);
  const consumer = parts.bus.consumeBatches({
    stream: receivedStream,
    isWorkQueue: true,
    durable: `ingest-${parts.channel}`,
    subject: receivedSubject(parts.channel, '*', '*'),
    batchMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    handle: async (batch) => {
      for (const message of batch) await atOnce.begin(() => settle({ ...parts, complete, pace }, message));
    },
  });
  return { done: consumer.done.then(() => atOnce.done()) };
}

interface SettleParts extends ReadParts {
  complete: ReturnType<typeof createCompleter>;
  pace: Pace;
}

async function settle(parts: SettleParts, message: BatchMessage): Promise<void> {
  const working = setInterval(() => message.working(), stillWorkingMs);
  try {
    const webhooks = decodeReceived(message.payload);
    const attempt = webhooks.length === 1 ? message.deliveryCount : 1;
    const ended = await Promise.all(webhooks.map((webhook) => readOne(parts, webhook, attempt)));
    const [only] = ended;
    if (webhooks.length === 1 && only?.ended === 'later') return message.retry(only.afterMs);
    // One that has to come again does so on its own: those beside it are done.
    const again = webhooks.filter((_, index) => ended[index]?.ended === 'later');
    await Promise.all(again.map((webhook) => parts.keeper.keep({ ...webhook, isAlone: true })));
    message.ack();
  } catch (err) {
    parts.log.warn({ err, seq: message.seq }, 'webhooks wait to be read: something they need is away');
    message.retry(Math.min(500 * 2 ** Math.min(message.deliveryCount, 10), retryMsMax));
  } finally {
    clearInterval(working);
  }
}

type Read = { ended: 'published' } | Extract<Completed, { ended: 'later' }>;

/** Rejects when something of ours is away. */
async function readOne(parts: SettleParts, webhook: ReceivedWebhook, attempt: number): Promise<Read> {
  const account = await parts.accounts.findOwn(webhook);
  if (account?.mayComplete !== true) {
    return parts.pace.run(async () =>
      publishItems(parts, webhook, await receivedOf(parts, webhook, account)),
    );
  }
  const received = await receivedOf(parts, webhook, account);
  const completed = await parts.complete({ received, account, attempt });
  if (completed.ended === 'later') return completed;
  return parts.pace.run(() => publishItems(parts, webhook, completed.received));
}

async function receivedOf(
  { blobs }: Pick<ReadParts, 'blobs'>,
  { body: included, blob, contentType, workspace, accountId }: ReceivedWebhook,
  account: MountedAccount | undefined,
): Promise<ReceivedBody> {
  const body = blob === undefined ? included : await blobs.get(blob.key);
  return { body, contentType, workspace, accountId, settings: account?.settings ?? {} };
}

/** `received` may be more than the webhook's own body, which is what is kept as raw. */
async function publishItems(
  parts: SettleParts,
  webhook: ReceivedWebhook,
  received: ReceivedBody,
): Promise<Read> {
  const { workspace, provider } = webhook;
  const began = performance.now();
  const read = await parts.readers.read({ ...received, provider });
  parts.metrics.parsed(provider, (performance.now() - began) / 1000);
  const raw = webhook.blob ?? (await parts.blobs.put(workspace, webhook.body));
  const stored = await storeItems(parts.blobs, workspace, read);
  const { id, accountId, receivedAt } = webhook;
  const source = { id, workspace, accountId, provider, receivedAt, raw, origin: 'webhook' } as const;
  await publishDeliveries(parts, source, stored);
  for (const item of read) parts.metrics.published(provider, item.kind);
  return { ended: 'published' };
}
