/*
 * Consumes deliveries: batches from the stream, a transaction per workspace, acknowledged after the commit.
 *
 * A batch that fails for a reason that would come again is halved until the one delivery at fault stands alone; it
 * ends as a dead letter, and everything beside it is stored. When Postgres or the blob store is away the messages
 * go back to the stream and come again, for as long as it takes.
 */
import type { BlobStore } from '@kith/blobs';
import type { BatchMessage, Bus } from '@kith/bus';
import { inboundStream } from '@kith/contracts';
import { type Database, isRetryable } from '@kith/database';
import { idOf, type KeyedHash, type Logger } from '@kith/service';
import { applyBatch } from './apply/apply-batch.ts';
import { writeDeadDelivery, writeDeadMessage } from './apply/dead-letters.ts';
import { type Arrived, decode } from './apply/decode.ts';
import { leaveOutErased } from './erase/leave-out-erased.ts';
import type { ResolverMetrics } from './metrics.ts';
import type { Relay } from './outbox/relay.ts';

/** What consuming needs; `now` is the clock. */
export interface ConsumeParts {
  db: Database;
  bus: Bus;
  blobs: BlobStore;
  relay: Pick<Relay, 'wake'>;
  log: Logger;
  metrics: ResolverMetrics;
  /** By which names of what was erased are known. */
  hash: KeyedHash;
  /** Brings the streams to their declaration; called at the start and after every interruption. */
  prepare(): Promise<void>;
  now(): Date;
}

/** A delivery together with the stream message that holds it. */
interface Held {
  message: BatchMessage;
  arrived: Arrived;
}

/** The durable consumer that all resolver processes share. */
export const resolverDurable = 'resolver';
const batchMax = 256;
/** How long a killed process keeps what it held from the others. Coming again too early is harmless. */
const ackWaitMs = 20_000;
/** Bounds what one transaction is sent at once. */
const batchBytesMax = 8 * 1024 * 1024;
const retryMsMax = 30_000;

/** Consumes until the signal aborts; resolves when the last batch is settled. */
export async function consumeDeliveries(parts: ConsumeParts, signal: AbortSignal): Promise<void> {
  const consumer = parts.bus.consumeBatches({
    stream: inboundStream,
    durable: resolverDurable,
    subject: 'kith.inbound.*.*',
    batchMax,
    ackWaitMs,
    signal,
    prepare: () => parts.prepare(),
    handle: (batch) => handleBatch(parts, batch),
  });
  await consumer.done;
}

/** Settles every message of a batch. */
export async function handleBatch(parts: ConsumeParts, batch: readonly BatchMessage[]): Promise<void> {
  const held = await decodeAll(parts, batch);
  for (const group of groupsOf(held)) await settleGroup(parts, group);
  parts.relay.wake();
}

async function decodeAll(parts: ConsumeParts, batch: readonly BatchMessage[]): Promise<Held[]> {
  const held: Held[] = [];
  for (const message of batch) {
    try {
      const decoded = await decode(message, parts.blobs);
      if (decoded.ok) held.push({ message, arrived: decoded.arrived });
      else await settleUndecodable(parts, message, decoded.reason);
    } catch (err) {
      postpone(parts, [message], err);
    }
  }
  return held;
}

async function settleUndecodable(parts: ConsumeParts, message: BatchMessage, reason: string): Promise<void> {
  const raw = await parts.blobs.put(workspaceOf(message), message.payload);
  await writeDeadMessage(parts.db, {
    workspace: workspaceOf(message),
    subject: message.subject,
    seq: message.seq,
    // The same when it comes again, so that it is counted once.
    deliveryId: idOf('undecodable', String(message.seq), raw.key),
    reason,
    raw,
    at: parts.now().toISOString(),
  });
  parts.log.error(
    { seq: message.seq, reason },
    'a message in the stream is no delivery; it is a dead letter now',
  );
  message.ack();
}

/** By workspace, and no group larger than a transaction should be. */
function groupsOf(held: readonly Held[]): Held[][] {
  const groups: Held[][] = [];
  const open = new Map<string, { group: Held[]; bytes: number }>();
  for (const one of held) {
    const { workspace } = one.arrived.delivery;
    const current = open.get(workspace);
    if (current !== undefined && current.bytes + one.arrived.bytes <= batchBytesMax) {
      current.group.push(one);
      current.bytes += one.arrived.bytes;
    } else {
      const group = [one];
      groups.push(group);
      open.set(workspace, { group, bytes: one.arrived.bytes });
    }
  }
  return groups;
}

async function settleGroup(parts: ConsumeParts, group: readonly Held[]): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  try {
    const batch = group.map(({ arrived }) => arrived);
    const at = parts.now().toISOString();
    const stop = parts.metrics.startBatch(group.length);
    const settled = await parts.db.write(first.arrived.delivery.workspace, async (tx) => {
      const left = await leaveOutErased(tx, batch, { at, hash: parts.hash });
      return applyBatch(tx, left, at);
    });
    stop();
    parts.metrics.countOutcomes(settled.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome)));
    for (const { message } of group) message.ack();
  } catch (err) {
    await settleFailed(parts, group, err);
  }
}

async function settleFailed(parts: ConsumeParts, group: readonly Held[], err: unknown): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  if (isRetryable(err)) {
    postpone(
      parts,
      group.map(({ message }) => message),
      err,
    );
    return;
  }
  if (group.length > 1) {
    const middle = Math.ceil(group.length / 2);
    await settleGroup(parts, group.slice(0, middle));
    await settleGroup(parts, group.slice(middle));
    return;
  }
  await settlePoison(parts, first, err);
}

async function settlePoison(parts: ConsumeParts, held: Held, cause: unknown): Promise<void> {
  const { delivery } = held.arrived;
  try {
    await parts.db.write(delivery.workspace, (tx) => writeDeadDelivery(tx, held.arrived, cause));
    parts.log.error(
      { err: cause, deliveryId: delivery.id },
      'a delivery cannot be stored; it is a dead letter now',
    );
    held.message.ack();
  } catch (err) {
    postpone(parts, [held.message], err);
  }
}

/** Back to the stream, to come again later the more often it failed. */
function postpone(parts: ConsumeParts, messages: readonly BatchMessage[], err: unknown): void {
  parts.log.warn({ err, count: messages.length }, 'deliveries wait: something they need is away');
  for (const message of messages) {
    message.retry(Math.min(500 * 2 ** Math.min(message.deliveryCount, 10), retryMsMax));
  }
}

const workspaceOf = (message: BatchMessage): string => message.subject.split('.').at(-1) ?? '';
