/*
 * A durable consumer that hands over whatever has arrived, as batches.
 *
 * The batch is what came in while the last one was being handled: alone under light load, so nothing waits; large
 * under heavy load, so that a transaction is shared by many. The handler settles each message after its commit; one
 * it did not settle comes again after `ackWaitMs`. The loop outlives everything: a lost connection, a consumer or
 * stream that was deleted and made anew, and an iterator that went silent although messages are waiting.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import type { BusLog } from './log.ts';
import { sweepForever } from './sweep.ts';

/** One message of a batch. It is settled by exactly one of `ack` and `retry`. */
export interface BatchMessage {
  subject: string;
  /** Its place in the stream; stays the same when it is delivered again. */
  seq: number;
  /** 1 at the first delivery. */
  deliveryCount: number;
  payload: Uint8Array;
  ack(): void;
  retry(afterMs: number): void;
  /** Tells the server that work on it goes on, so that it is not delivered again meanwhile. */
  working(): void;
}

/** What to consume, and how. */
export interface ConsumeOptions {
  stream: string;
  /** The consumer's name: processes that share it share the messages. */
  durable: string;
  subject: string;
  batchMax: number;
  /** How many may be handed out, or wait to come again, at once; four batches unless given. */
  ackPendingMax?: number;
  ackWaitMs: number;
  /** Of a work queue, what the server keeps although it was settled is handed out again. */
  isWorkQueue?: boolean;
  signal: AbortSignal;
  /** Called before consuming begins, and again after every interruption: the stream may be gone. */
  prepare?(): Promise<void>;
  /** Must not throw for what it can settle; a throw leaves the batch unsettled and is logged. */
  handle(batch: BatchMessage[]): Promise<void>;
}

/** A running consumer; `done` resolves after the signal aborted and the last batch ended. */
export interface BatchConsumer {
  done: Promise<void>;
}

interface Parts {
  client: JetStreamClient;
  manager: JetStreamManager;
  log: BusLog;
}

const nanosPerMs = 1_000_000;
const retryMs = 500;
/** Also how long the library waits before it asks again a server that was restarted and is not ready yet. */
const pullExpiresMs = 3_000;
/** How long silence is believed before asking the server whether something waits. */
const silenceMs = 15_000;

/** Starts consuming; see the head of this file. */
export function consumeBatches(parts: Parts, options: ConsumeOptions): BatchConsumer {
  return { done: consumeAndSweep(parts, options) };
}

async function consumeAndSweep(parts: Parts, options: ConsumeOptions): Promise<void> {
  const sweeping = options.isWorkQueue === true ? sweepForever(parts, options) : undefined;
  await Promise.all([runForever(parts, options), sweeping]);
}

async function runForever(parts: Parts, options: ConsumeOptions): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await options.prepare?.();
      await declareConsumer(parts.manager, options);
      await runOnce(parts, options);
    } catch (err) {
      if (options.signal.aborted) return;
      parts.log.warn({ err, stream: options.stream }, 'consumer is interrupted and starts again');
      await pause(retryMs, options.signal);
    }
  }
}

async function declareConsumer(manager: JetStreamManager, options: ConsumeOptions): Promise<void> {
  await manager.consumers.add(options.stream, {
    durable_name: options.durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    filter_subject: options.subject,
    ack_wait: options.ackWaitMs * nanosPerMs,
    max_deliver: -1,
    max_ack_pending: options.ackPendingMax ?? options.batchMax * 4,
  });
}

async function runOnce(parts: Parts, options: ConsumeOptions): Promise<void> {
  const consumer = await parts.client.consumers.get(options.stream, options.durable);
  const messages = await consumer.consume({ max_messages: options.batchMax, expires: pullExpiresMs });
  const arrived: JsMsg[] = [];
  const [wake, room] = [createWake(), createWake()];
  const stopped = new AbortController();
  const reading = readInto(messages, { arrived, max: options.batchMax, wake, room, signal: stopped.signal });
  const stop = () => {
    stopped.abort();
    messages.stop();
    wake.ring();
    room.ring();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    while (!options.signal.aborted && !reading.ended()) {
      if (arrived.length === 0 && !(await wake.wait(silenceMs))) {
        if (await hasWaiting(parts.manager, options)) throw new Error('messages wait and none is delivered');
        continue;
      }
      const batch = arrived.splice(0);
      room.ring();
      if (batch.length > 0) await handleBatch(parts.log, options, batch);
    }
    reading.throwIfFailed();
  } finally {
    options.signal.removeEventListener('abort', stop);
    stop();
  }
}

/** The batch that comes next, as it fills; `room` rings when it was taken. */
interface Filling {
  arrived: JsMsg[];
  max: number;
  wake: Wake;
  room: Wake;
  signal: AbortSignal;
}

/** Takes no more messages than the next batch holds: the library asks for more as soon as some were taken. */
function readInto(messages: ConsumerMessages, { arrived, max, wake, room, signal }: Filling) {
  let ended = false;
  let failure: unknown;
  void (async () => {
    for await (const status of messages.status()) {
      if (status.type === 'consumer_deleted' || status.type === 'stream_not_found') messages.stop();
      if (status.type === 'consumer_not_found') messages.stop();
    }
  })().catch(() => {});
  void (async () => {
    try {
      for await (const message of messages) {
        arrived.push(message);
        wake.ring();
        while (arrived.length >= max && !signal.aborted) await room.wait(silenceMs);
      }
    } catch (err) {
      failure = err;
    } finally {
      ended = true;
      wake.ring();
    }
  })();
  return {
    ended: () => ended,
    throwIfFailed: () => {
      if (failure !== undefined) throw failure;
    },
  };
}

async function handleBatch(log: BusLog, options: ConsumeOptions, batch: JsMsg[]): Promise<void> {
  try {
    await options.handle(batch.map(toBatchMessage));
  } catch (err) {
    log.error({ err, stream: options.stream, size: batch.length }, 'a batch was not settled and comes again');
    for (const message of batch) message.nak(retryMs);
    await pause(retryMs, options.signal);
  }
}

function toBatchMessage(message: JsMsg): BatchMessage {
  return {
    subject: message.subject,
    seq: message.seq,
    deliveryCount: message.info.deliveryCount,
    payload: message.data,
    ack: () => message.ack(),
    retry: (afterMs) => message.nak(afterMs),
    working: () => message.working(),
  };
}

async function hasWaiting(manager: JetStreamManager, options: ConsumeOptions): Promise<boolean> {
  const info = await manager.consumers.info(options.stream, options.durable);
  // Messages held by another process are not ours to wait for; only undelivered ones count.
  return info.num_pending > 0 && info.num_ack_pending < (info.config.max_ack_pending ?? 0);
}

interface Wake {
  ring(): void;
  /** True when rung, false when the time passed. */
  wait(timeoutMs: number): Promise<boolean>;
}

function createWake(): Wake {
  let resolveWait: ((rung: boolean) => void) | undefined;
  let rung = false;
  return {
    ring: () => {
      rung = true;
      resolveWait?.(true);
    },
    wait: (timeoutMs) =>
      new Promise<boolean>((resolve) => {
        const finish = (value: boolean) => {
          clearTimeout(timer);
          resolveWait = undefined;
          rung = false;
          resolve(value);
        };
        const timer = setTimeout(() => finish(false), timeoutMs);
        resolveWait = finish;
        if (rung) finish(true);
      }),
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
