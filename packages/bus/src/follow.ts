/*
 * Reads a stream in order, for state that lives in memory (accounts) and for live updates (events).
 *
 * Built on the library's ordered consumer, which notices gaps and starts itself anew. Nothing is acknowledged:
 * whoever follows says from which sequence to begin, and is handed every later message exactly once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { BusLog } from './log.ts';

/** A message of a stream that is followed. */
export interface FollowedMessage {
  subject: string;
  seq: number;
  payload: Uint8Array;
}

/** What to follow. Without `fromSeq`, from the first message that the stream holds. */
export interface FollowOptions {
  stream: string;
  subject: string;
  fromSeq?: number;
  signal: AbortSignal;
  onMessage(message: FollowedMessage): void;
}

/** A running reader. */
export interface Following {
  /** Resolves when everything that the stream held at the time of the call has been handed over. */
  caughtUp(timeoutMs: number): Promise<void>;
  done: Promise<void>;
}

interface Parts {
  client: JetStreamClient;
  manager: JetStreamManager;
  log: BusLog;
}

const retryMs = 500;

/** Starts following; see the head of this file. */
export function follow(parts: Parts, options: FollowOptions): Following {
  const position = createPosition((options.fromSeq ?? 1) - 1);
  return {
    done: runForever(parts, options, position),
    caughtUp: async (timeoutMs) => {
      const last = await lastSeqOf(parts.manager, options);
      await position.reached(last, timeoutMs);
    },
  };
}

async function runForever(parts: Parts, options: FollowOptions, position: Position): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await runOnce(parts, options, position);
    } catch (err) {
      if (options.signal.aborted) return;
      parts.log.warn({ err, stream: options.stream }, 'reader is interrupted and starts again');
    }
    await delay(retryMs, undefined, { signal: options.signal }).catch(() => {});
  }
}

async function runOnce(parts: Parts, options: FollowOptions, position: Position): Promise<void> {
  const consumer = await parts.client.consumers.get(options.stream, {
    filter_subjects: options.subject,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: position.current() + 1,
  });
  const messages = await consumer.consume({ max_messages: 500 });
  const stop = () => messages.stop();
  options.signal.addEventListener('abort', stop, { once: true });
  // The signal may have aborted while the consumer was being made, when nobody listened.
  if (options.signal.aborted) stop();
  try {
    for await (const message of messages) {
      if (message.seq <= position.current()) continue;
      options.onMessage({ subject: message.subject, seq: message.seq, payload: message.data });
      position.advance(message.seq);
    }
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
}

/** The newest sequence under the subject: what lies beyond it belongs to others. */
async function lastSeqOf(manager: JetStreamManager, options: FollowOptions): Promise<number> {
  const info = await manager.streams.info(options.stream, { subjects_filter: options.subject });
  if (Object.keys(info.state.subjects ?? {}).length === 0) return 0;
  const last = await manager.streams.getMessage(options.stream, { last_by_subj: options.subject });
  return last?.seq ?? 0;
}

interface Position {
  current(): number;
  advance(seq: number): void;
  reached(seq: number, timeoutMs: number): Promise<void>;
}

function createPosition(start: number): Position {
  let seq = start;
  const waiting = new Set<{ seq: number; resolve(): void }>();
  return {
    current: () => seq,
    advance: (next) => {
      seq = next;
      for (const waiter of waiting) if (waiter.seq <= seq) waiter.resolve();
    },
    reached: (target, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (seq >= target) return resolve();
        const waiter = { seq: target, resolve: () => finish(resolve) };
        const finish = (end: () => void) => {
          clearTimeout(timer);
          waiting.delete(waiter);
          end();
        };
        const late = () => reject(new Error(`did not reach ${target} within ${timeoutMs} ms`));
        const timer = setTimeout(() => finish(late), timeoutMs);
        waiting.add(waiter);
      }),
  };
}
