/*
 * Consumes what the ingest services read again, one body in a transaction, acknowledged after the commit. What cannot be
 * written today either stays a dead letter, with today's error; when Postgres or the blob store is away it comes again.
 */
import type { BatchMessage, Bus } from '@kith/bus';
import { BlobMissing, type BlobStore } from '@kith/blobs';
import { Delivery, ReplayedBody, replayedSubject, replayStream } from '@kith/contracts';
import { type Database, isRetryable } from '@kith/database';
import type { KeyedHash, Logger } from '@kith/service';
import { describe } from '../apply/dead-letters.ts';
import type { Arrived } from '../apply/decode.ts';
import type { Relay } from '../outbox/relay.ts';
import { applyReplay, failAgain, forgetBody } from './apply-replay.ts';

/** What it needs; `now` is the clock. */
export interface ReplayedParts {
  db: Database;
  bus: Bus;
  blobs: Pick<BlobStore, 'get'>;
  relay: Pick<Relay, 'wake'>;
  log: Logger;
  /** By which names of what was erased are known. */
  hash: KeyedHash;
  /** Brings the streams to their declaration; called at the start and after every interruption. */
  prepare(): Promise<void>;
  now(): Date;
}

const batchMax = 16;
const ackWaitMs = 20_000;
const retryMsMax = 30_000;

/** Consumes until the signal aborts; resolves when the last batch is settled. */
export async function consumeReplays(parts: ReplayedParts, signal: AbortSignal): Promise<void> {
  const consumer = parts.bus.consumeBatches({
    stream: replayStream,
    isWorkQueue: true,
    durable: 'replays-read',
    subject: replayedSubject('*', '*'),
    batchMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    prepare: () => parts.prepare(),
    handle: async (batch) => {
      for (const message of batch) await settle(parts, message);
      parts.relay.wake();
    },
  });
  await consumer.done;
}

async function settle(parts: ReplayedParts, message: BatchMessage): Promise<void> {
  const replayed = readReplayed(message);
  if (replayed === null) {
    parts.log.error({ seq: message.seq }, 'a message in the stream of replays tells nothing, and is skipped');
    return message.ack();
  }
  try {
    await take(parts, replayed, message);
    message.ack();
  } catch (err) {
    parts.log.warn({ err, deliveryId: replayed.deliveryId }, 'a replay waits: something it needs is away');
    message.retry(Math.min(500 * 2 ** Math.min(message.deliveryCount, 10), retryMsMax));
  }
}

/** Null also where the message lies under another workspace than it tells of. */
function readReplayed({ payload, subject }: BatchMessage): ReplayedBody | null {
  try {
    const replayed = ReplayedBody.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
    return subject.split('.').at(-1) === replayed.workspace ? replayed : null;
  } catch {
    return null;
  }
}

/** Rejects when something of ours is away. */
async function take(parts: ReplayedParts, replayed: ReplayedBody, message: BatchMessage): Promise<void> {
  const { db, hash, log } = parts;
  const { workspace, deliveryId } = replayed;
  if (replayed.delivery === null) return db.write(workspace, (tx) => forgetBody(tx, replayed));
  const arrived = await openDelivery(parts, replayed.delivery.key, message);
  if (arrived?.delivery.workspace !== workspace) {
    log.error({ deliveryId }, 'what was read again is no delivery; its dead letters stay as they are');
    return;
  }
  try {
    const at = parts.now().toISOString();
    await db.write(workspace, (tx) => applyReplay(tx, { replayed, arrived }, { at, hash }));
  } catch (err) {
    if (isRetryable(err)) throw err;
    log.error({ err, deliveryId }, 'a dead letter cannot be stored today either');
    const end = { reason: 'write_failed', detail: describe(err) } as const;
    await db.write(workspace, (tx) => failAgain(tx, replayed, end));
  }
}

/** Null where there is none that can be read. */
async function openDelivery(
  { blobs }: ReplayedParts,
  key: string,
  { seq }: BatchMessage,
): Promise<Arrived | null> {
  const bytes = await blobs.get(key).catch((err: unknown) => {
    if (err instanceof BlobMissing) return null;
    throw err;
  });
  const delivery = bytes === null ? null : parseDelivery(bytes);
  return delivery === null ? null : { delivery, seq, bytes: bytes?.length ?? 0, claim: key };
}

function parseDelivery(bytes: Uint8Array): Delivery | null {
  try {
    return Delivery.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}
