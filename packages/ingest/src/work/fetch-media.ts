/*
 * Fetches the files that messages named without their bytes, with the account's credentials, and tells the resolver
 * where they are or why they cannot be had.
 *
 * A task is taken off its stream only when its end was published. A provider that is away is tried again for hours;
 * then the file is given up, and the message says so.
 */
import type { BlobStore } from '@kith/blobs';
import type { BatchConsumer, BatchMessage, Bus } from '@kith/bus';
import {
  type Channel,
  type DeliveredMedia,
  mediaStream,
  mediaSubject,
  type MediaTask,
} from '@kith/contracts';
import { idOf, type Logger } from '@kith/service';
import type { Accounts } from '../accounts.ts';
import type { IngestMetrics } from '../metrics.ts';
import type { MediaResult } from '../provider.ts';
import { createAtOnce } from './at-once.ts';
import { waitMs, wishedMs } from './complete.ts';
import { decodeMediaTask } from './media-task.ts';
import { publishDelivery } from './publish-deliveries.ts';

/** What fetching needs. */
export interface MediaParts {
  channel: Channel;
  bus: Bus;
  blobs: BlobStore;
  accounts: Accounts;
  metrics: IngestMetrics;
  log: Logger;
}

/** Each may hold a file of a hundred megabytes. */
const atOnceMax = 4;
const attemptsMax = 20;
/** How long a process that was killed, or an acknowledgement that was lost, keeps work from others. */
const ackWaitMs = 10_000;
const stillWorkingMs = 3_000;

/** Fetches until the signal aborts; `done` resolves when the last fetch has ended. */
export function fetchMedia(parts: MediaParts, signal: AbortSignal): BatchConsumer {
  const atOnce = createAtOnce(atOnceMax);
  const consumer = parts.bus.consumeBatches({
    stream: mediaStream,
    isWorkQueue: true,
    durable: `media-${parts.channel}`,
    subject: mediaSubject(parts.channel, '*'),
    batchMax: atOnceMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    handle: async (batch) => {
      for (const message of batch) await atOnce.begin(() => settle(parts, message));
    },
  });
  return { done: consumer.done.then(() => atOnce.done()) };
}

async function settle(parts: MediaParts, message: BatchMessage): Promise<void> {
  const working = setInterval(() => message.working(), stillWorkingMs);
  try {
    const task = decodeMediaTask(message.payload);
    await publishEnd(parts, task, await fetchOne(parts, task, message.deliveryCount));
    message.ack();
  } catch (err) {
    const error = err instanceof Error ? err.name : typeof err;
    parts.log.warn({ error, attempt: message.deliveryCount }, 'a file could not be fetched yet');
    message.retry(waitMs(message.deliveryCount, wishedMs(err)));
  } finally {
    clearInterval(working);
  }
}

async function fetchOne(parts: MediaParts, task: MediaTask, attempt: number): Promise<MediaResult> {
  const account = await parts.accounts.findOwn(task);
  if (account === undefined) {
    return { ended: 'failed', failure: 'no_credentials', detail: 'the account is not connected any more' };
  }
  try {
    return await account.fetchMedia(task.locator);
  } catch (err) {
    if (attempt < attemptsMax) throw err;
    return { ended: 'failed', failure: 'gave_up', detail: `not fetched in ${attempt} tries` };
  }
}

async function publishEnd(parts: MediaParts, task: MediaTask, end: MediaResult): Promise<void> {
  const { version, workspace, accountId, channel, provider, receivedAt, raw, key } = task;
  const result = await resultOf(parts, workspace, end);
  const told = 'blob' in result ? result.blob.key : result.failure;
  const item: DeliveredMedia = { kind: 'media', key, result };
  // With when it was named: what was cleared meanwhile is told again when it is named again.
  const id = idOf('media', workspace, channel, key, told, receivedAt);
  const origin = { workspace, accountId, channel, provider, receivedAt, raw };
  await publishDelivery(parts, { version, id, ...origin, origin: 'media' }, [JSON.stringify(item)]);
  parts.metrics.fetched(provider, 'blob' in result ? 'fetched' : result.failure);
}

async function resultOf(
  parts: MediaParts,
  workspace: string,
  end: MediaResult,
): Promise<DeliveredMedia['result']> {
  if (end.ended === 'failed') return { failure: end.failure, detail: end.detail.slice(0, 300) };
  const type = end.type === null ? null : end.type.slice(0, 200);
  return { blob: await parts.blobs.put(workspace, end.bytes), type };
}
