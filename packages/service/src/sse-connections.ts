/*
 * Open streams of Server-Sent Events, written straight to their sockets.
 *
 * A frame is made once and written to as many as want it. A reader that is slow is waited for, and nothing is queued for
 * it meanwhile; one that takes nothing at all for `silentMs` is cut off. All are pinged, so that both sides notice a dead
 * connection; and each is told to wait a time of its own before it connects again, so that thousands that were cut at
 * one moment do not come back at one moment.
 */
import type { ServerResponse } from 'node:http';
import { Counter, type Registry } from 'prom-client';

/** A stream to one client. */
export interface SseConnection {
  /** Resolves when there is room for more, or the client is gone. */
  write(frame: Buffer | string): Promise<void>;
  end(frame?: string): void;
}

/** All open streams of a process. */
export interface SseConnections {
  /** Sends the head of the answer and `firstFrame`. */
  open(res: ServerResponse, firstFrame: string): SseConnection;
}

const pingEveryMs = 10_000;
/** A client that hears nothing for so long takes the connection for dead, and so is one that takes nothing. */
export const silentMs = 3 * pingEveryMs;
const retryMs = { min: 500, max: 2_500 };

const head = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'access-control-allow-origin': '*',
  'x-accel-buffering': 'no',
};

interface Stream {
  res: ServerResponse;
  /** When the client's buffers became full; undefined while it takes what it is given. */
  blockedAt: number | undefined;
}

/** None yet. */
export function createSseConnections(
  registry: Registry,
  pace: { pingEveryMs: number; silentMs: number } = { pingEveryMs, silentMs },
): SseConnections {
  const streams = new Set<Stream>();
  const cutOff = new Counter({
    name: 'kith_subscribers_cut_off_total',
    help: 'Live subscriptions that were ended because their client took nothing for too long',
    registers: [registry],
  });
  const ping = () => {
    for (const stream of streams) {
      if (stream.blockedAt === undefined) stream.res.write('event: ping\ndata: \n\n');
      else if (performance.now() - stream.blockedAt > pace.silentMs) {
        cutOff.inc();
        stream.res.destroy();
      }
    }
  };
  setInterval(ping, pace.pingEveryMs).unref();
  return {
    open: (res, firstFrame) => {
      const stream: Stream = { res, blockedAt: undefined };
      streams.add(stream);
      res.once('close', () => streams.delete(stream));
      const retry = Math.round(retryMs.min + Math.random() * (retryMs.max - retryMs.min));
      res.writeHead(200, head);
      res.write(`retry: ${retry}\n${firstFrame}`);
      return {
        write: (frame) => write(stream, frame),
        end: (frame) => res.end(frame),
      };
    },
  };
}

async function write(stream: Stream, frame: Buffer | string): Promise<void> {
  const { res } = stream;
  if (res.write(frame) || res.destroyed) return;
  stream.blockedAt = performance.now();
  await new Promise<void>((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.once('drain', done).once('close', done);
  });
  stream.blockedAt = undefined;
}
