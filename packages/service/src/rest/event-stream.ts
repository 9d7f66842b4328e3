/*
 * A subscription as Server-Sent Events (`text/event-stream`): the id of an event is what `Last-Event-ID` resumes
 * after, its data is JSON. A comment goes out at once and then between events, so that neither a proxy nor the caller
 * takes a quiet stream for a dead one. An error in the middle ends the stream: the caller connects again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { isTrackedEnvelope } from '@trpc/server';

/** What a stream is made of. The events have to end when the caller leaves, where they wait for more. */
export interface EventStreamParts {
  events: AsyncIterable<unknown>;
  heartbeatMs: number;
  onError(err: unknown): void;
}

/** Answers with a stream that ends when the events do, or when the caller leaves. */
export function eventStreamAnswer(parts: EventStreamParts): Response {
  const frames = framesOf(parts.events, parts.heartbeatMs);
  const encoder = new TextEncoder();
  let isLeft = false;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { value, done } = await frames.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (err) {
        // What waits for the next event is cut off when the caller leaves, and there is nobody left to tell.
        if (isLeft) return;
        // An abort is how a service that stops ends its streams.
        if (!(err instanceof Error && err.name === 'AbortError')) parts.onError(err);
        controller.close();
      }
    },
    cancel: async () => {
      isLeft = true;
      await frames.return();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      // nginx holds back what it takes for a page.
      'x-accel-buffering': 'no',
    },
  });
}

async function* framesOf(events: AsyncIterable<unknown>, heartbeatMs: number): AsyncGenerator<string, void> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    yield ': open\n\n';
    for (let next = nextOf(iterator); ;) {
      const result = await nextOrHeartbeat(next, heartbeatMs);
      if (result === 'heartbeat') {
        yield ': heartbeat\n\n';
        continue;
      }
      if (result.done === true) return;
      yield frameOf(result.value);
      next = nextOf(iterator);
    }
  } finally {
    await iterator.return?.();
  }
}

/** May fail while a slow reader has yet to take a heartbeat: then nobody waits for it, until the reader does. */
function nextOf<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = iterator.next();
  next.catch(() => {});
  return next;
}

async function nextOrHeartbeat<T>(next: Promise<T>, heartbeatMs: number): Promise<T | 'heartbeat'> {
  const waiting = new AbortController();
  const heartbeat = delay(heartbeatMs, 'heartbeat' as const, { signal: waiting.signal });
  try {
    return await Promise.race([next, heartbeat]);
  } finally {
    heartbeat.catch(() => {});
    waiting.abort();
  }
}

function frameOf(event: unknown): string {
  if (!isTrackedEnvelope(event)) return `data: ${JSON.stringify(event)}\n\n`;
  const [id, data] = event;
  return `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
