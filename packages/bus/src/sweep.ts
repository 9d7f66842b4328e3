/*
 * Puts back into a work queue what its consumer will never hand out.
 *
 * A message that was acknowledged is removed by the server, but nats-server 2.9 writes the removal later than the
 * consumer's progress: killed in between, it comes back with the message and without any intention to deliver it. It
 * would count as waiting, and take room, until its age. What lies at or below the consumer's floor is published again
 * and deleted: whoever reads it a second time publishes the same under the same ids.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { JetStreamClient, JetStreamManager, NextMsgRequest, SeqMsgRequest } from '@nats-io/jetstream';
import type { BusLog } from './log.ts';

/** Which queue, and whose. */
export interface SweepOptions {
  stream: string;
  durable: string;
  subject: string;
  signal: AbortSignal;
}

interface Parts {
  client: JetStreamClient;
  manager: JetStreamManager;
  log: BusLog;
}

const sweepEveryMs = 5_000;

/** Sweeps now and then until the signal aborts; what fails is tried again. */
export async function sweepForever(parts: Parts, options: SweepOptions): Promise<void> {
  const { stream, signal } = options;
  while (!signal.aborted) {
    await delay(sweepEveryMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      const count = await sweep(parts, options);
      if (count > 0) parts.log.warn({ stream, count }, 'NATS kept what was settled: it is read again');
    } catch (err) {
      // Most often NATS is away, which the consumer beside it says louder.
      parts.log.info({ err, stream }, 'a work queue could not be swept');
    }
  }
}

/** One look; answers how many messages were put back. Rejects when NATS is away. */
export async function sweep(
  { client, manager }: Pick<Parts, 'client' | 'manager'>,
  { stream, durable, subject }: Omit<SweepOptions, 'signal'>,
): Promise<number> {
  const { ack_floor: floor } = await manager.consumers.info(stream, durable);
  let count = 0;
  for (let seq = 1; seq <= floor.stream_seq; count += 1) {
    const query: SeqMsgRequest & NextMsgRequest = { seq, next_by_subj: subject };
    const message = await manager.streams.getMessage(stream, query);
    if (message === null || message.seq > floor.stream_seq) break;
    const msgID = `${stream}.${message.seq}.${message.time.getTime()}`;
    await client.publish(message.subject, message.data, { msgID });
    await manager.streams.deleteMessage(stream, message.seq, false);
    seq = message.seq + 1;
  }
  return count;
}
