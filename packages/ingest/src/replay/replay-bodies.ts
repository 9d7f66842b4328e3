/*
 * Reads the bodies of dead letters again, with today's code and what the account's provider adds today, and tells the
 * resolver what is in them. Everything goes as it went the first time but for the last step: a body that is read again was
 * accepted long ago, so what is found does not lie among the deliveries that are still to be counted.
 *
 * A task is taken off its stream only when what was found is published; a process that dies in between leaves it to the
 * next, which publishes the same, and the resolver ends each dead letter once.
 */
import { randomUUID } from 'node:crypto';
import { BlobMissing, type BlobStore } from '@kith/blobs';
import type { BatchConsumer, BatchMessage, Bus } from '@kith/bus';
import {
  type BlobRef,
  type Channel,
  type Delivery,
  replayedSubject,
  replayStream,
  ReplayTask,
  type ReplayedBody,
  replayTaskSubject,
} from '@kith/contracts';
import { idOf, type Logger } from '@kith/service';
import type { Accounts } from '../accounts.ts';
import type { Provider } from '../provider.ts';
import { createAtOnce } from '../work/at-once.ts';
import { createCompleter } from '../work/complete.ts';
import { partsOf, publishTasks } from '../work/publish-deliveries.ts';
import type { Readers } from '../work/readers.ts';
import { type StoredItems, storeItems } from '../work/store-items.ts';
import { keptForm } from './kept-form.ts';
import { whichPart } from './which-part.ts';

/** What reading again needs. */
export interface ReplayParts {
  channel: Channel;
  bus: Bus;
  blobs: BlobStore;
  accounts: Accounts;
  providers: ReadonlyMap<string, Provider>;
  readers: Readers;
  log: Logger;
}

/** Nobody waits for it, and what comes in now has to be read beside it. */
const atOnceMax = 2;
const ackWaitMs = 10_000;
const stillWorkingMs = 3_000;
const retryMsMax = 30_000;

/** Reads until the signal aborts; `done` resolves when the last task is settled or left to the next process. */
export function replayBodies(parts: ReplayParts, signal: AbortSignal): BatchConsumer {
  const atOnce = createAtOnce(atOnceMax);
  const complete = createCompleter(parts.log);
  const consumer = parts.bus.consumeBatches({
    stream: replayStream,
    isWorkQueue: true,
    durable: `replays-${parts.channel}`,
    subject: replayTaskSubject(parts.channel, '*'),
    batchMax: atOnceMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    handle: async (batch) => {
      for (const message of batch) await atOnce.begin(() => settle({ ...parts, complete }, message));
    },
  });
  return { done: consumer.done.then(() => atOnce.done()) };
}

type SettleParts = ReplayParts & { complete: ReturnType<typeof createCompleter> };

async function settle(parts: SettleParts, message: BatchMessage): Promise<void> {
  const task = readTask(parts, message);
  if (task === null) return message.ack();
  const working = setInterval(() => message.working(), stillWorkingMs);
  try {
    const later = await readAgain(parts, task, message.deliveryCount);
    if (later === null) message.ack();
    else message.retry(later.afterMs);
  } catch (err) {
    parts.log.warn({ err, deliveryId: task.deliveryId }, 'a dead letter waits: something it needs is away');
    message.retry(Math.min(500 * 2 ** Math.min(message.deliveryCount, 10), retryMsMax));
  } finally {
    clearInterval(working);
  }
}

function readTask({ log }: ReplayParts, { payload, seq }: BatchMessage): ReplayTask | null {
  try {
    return ReplayTask.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch {
    log.error({ seq }, 'a message in the stream of replays is no task, and is skipped');
    return null;
  }
}

/** Null when it is done; else its provider is to be asked again. Rejects when something of ours is away. */
async function readAgain(
  parts: SettleParts,
  task: ReplayTask,
  attempt: number,
): Promise<{ afterMs: number } | null> {
  const body = await keptBody(parts, task);
  if (body === null) {
    await publishReplayed(parts, task, { delivery: null, settles: true });
    return null;
  }
  const raw = { key: task.raw, size: body.byteLength };
  const account = await parts.accounts.findOwn(task);
  const { provider, contentType } = keptForm(task, parts.providers.get(task.provider), body);
  const { workspace, accountId } = task;
  const received = { body, contentType, workspace, accountId, settings: account?.settings ?? {} };
  const isWhole = task.origin === 'sync' || account?.mayComplete !== true;
  const completed = isWhole
    ? ({ ended: 'complete', received } as const)
    : await parts.complete({ received, account, attempt });
  if (completed.ended === 'later') return completed;
  const items = await parts.readers.read({ ...completed.received, provider });
  await publishFound(parts, { task, raw, stored: await storeItems(parts.blobs, workspace, items) });
  return null;
}

async function keptBody({ blobs }: ReplayParts, { raw }: ReplayTask): Promise<Uint8Array | null> {
  try {
    return await blobs.get(raw);
  } catch (err) {
    if (err instanceof BlobMissing) return null;
    throw err;
  }
}

/** What ends the dead letters comes last: until then, dying in between leaves them there. */
async function publishFound(
  parts: ReplayParts,
  { task, raw, stored }: { task: ReplayTask; raw: BlobRef; stored: StoredItems },
): Promise<void> {
  const { workspace, accountId, provider, receivedAt, origin, deliveryId } = task;
  const about = { workspace, accountId, channel: parts.channel, provider, receivedAt, raw };
  if (origin === 'webhook') await publishTasks(parts, { bodyId: deliveryId, about }, stored.media);
  const found = partsOf(stored.items);
  const { part, further } = whichPart(task, found.length);
  for (const one of [...further, part]) {
    const isLast = one === part;
    const id = isLast ? deliveryId : idOf('replayed', deliveryId, String(one));
    const hasFiles = origin === 'sync' && isLast && stored.media.length > 0;
    const delivery = {
      version: 1,
      id,
      ...about,
      origin,
      ...(hasFiles ? { files: stored.media } : {}),
    } as const;
    const kept = await keepDelivery(parts, delivery, found[one] ?? []);
    await publishReplayed(parts, task, { delivery: kept, settles: isLast });
  }
}

/** Always in the blob store: a replay is rare, and its delivery may be larger than a message. */
function keepDelivery(
  { blobs }: ReplayParts,
  delivery: Omit<Delivery, 'items'>,
  items: readonly string[],
): Promise<BlobRef> {
  const text = `${JSON.stringify(delivery).slice(0, -1)},"items":[${items.join(',')}]}`;
  return blobs.put(delivery.workspace, Buffer.from(text));
}

async function publishReplayed(
  { bus, channel }: ReplayParts,
  { workspace, deliveryId, items }: ReplayTask,
  found: Pick<ReplayedBody, 'delivery' | 'settles'>,
): Promise<void> {
  const told: ReplayedBody = { version: 1, workspace, deliveryId, items, ...found };
  // Not known by what it tells: the same may be asked for, and found, again.
  await bus.publish(replayedSubject(channel, workspace), Buffer.from(JSON.stringify(told)), {
    messageId: randomUUID(),
  });
}
