/*
 * What happens to one record, live, and resumable without gap or double.
 *
 * An event's id is its sequence in `KITH_EVENTS`. To resume, the live feed is subscribed first, then what lies
 * between the last event seen and the beginning of the feed is read from the stream; nothing can fall between the
 * two, and an event that both hand over is recognised by its sequence. A subscriber that is slower than its events
 * is cut off when its buffer is full, and comes back with the last id that it did receive.
 */
import { type Bus, BusUnavailable } from '@kith/bus';
import { eventsStream, KithError } from '@kith/contracts';
import { TRPCError } from '@trpc/server';
import { type ActivityEvent, activitySubject, readActivityEvent } from './activity-event.ts';
import { type BoundedQueue, createBoundedQueue } from './bounded-queue.ts';
import type { EventFeed } from './event-feed.ts';

/** Whose activity, and after which event; without `afterSeq` from now on. */
export interface ActivityRequest {
  workspace: string;
  recordId: string;
  afterSeq: number | undefined;
  /** The call's own signal; it ends the subscription. */
  signal: AbortSignal;
}

/** How many live events wait for one subscriber, and how many of the past are read for it at once. */
const bufferMax = 1_000;
const backlogMax = 10_000;
const backlogDeadlineMs = 10_000;

/** Subscribes before it resolves, so that nothing after the answer is missed. */
export async function openActivity(
  sources: { bus: Bus; feed: EventFeed },
  request: ActivityRequest,
): Promise<AsyncIterable<ActivityEvent>> {
  const live = createBoundedQueue<ActivityEvent>(bufferMax, tooSlow);
  const subscription = sources.feed.subscribe(request, {
    onEvent: (event) => live.push(event),
    // An abort closes the connection without a word of an end, and a client connects again.
    onEnd: () => live.close(new DOMException('the service is stopping', 'AbortError')),
  });
  const end = () => {
    subscription.end();
    live.close();
  };
  request.signal.addEventListener('abort', end, { once: true });
  if (request.signal.aborted) end();
  try {
    if (request.afterSeq !== undefined) await requireKept(sources.bus, request.afterSeq);
  } catch (err) {
    end();
    throw err;
  }
  return readActivity(sources.bus, request, { live, liveFrom: subscription.liveFrom, end });
}

/** The id to resume from for whoever wants to miss nothing from now on. */
export async function readActivityPosition(bus: Bus): Promise<string> {
  const { lastSeq } = await bus.streamState(eventsStream);
  return String(lastSeq);
}

async function* readActivity(
  bus: Bus,
  request: ActivityRequest,
  source: { live: BoundedQueue<ActivityEvent>; liveFrom: number; end(): void },
): AsyncGenerator<ActivityEvent> {
  let handed = request.afterSeq ?? source.liveFrom;
  try {
    if (handed < source.liveFrom) {
      const backlog = await readBacklog(bus, request, handed);
      for (const event of backlog.events) {
        handed = event.seq;
        yield event;
      }
      if (!backlog.isComplete) throw tooSlow();
    }
    for await (const event of source.live) {
      if (event.seq <= handed) continue;
      handed = event.seq;
      yield event;
    }
  } finally {
    source.end();
  }
}

async function requireKept(bus: Bus, afterSeq: number): Promise<void> {
  const { firstSeq, lastSeq } = await bus.streamState(eventsStream);
  if (afterSeq <= lastSeq && afterSeq + 1 >= firstSeq) return;
  throw new KithError(
    'bad_input',
    'lastEventId: events after it are no longer kept; read the record again and subscribe without lastEventId',
    { field: 'lastEventId' },
  );
}

async function readBacklog(
  bus: Bus,
  request: ActivityRequest,
  afterSeq: number,
): Promise<{ events: ActivityEvent[]; isComplete: boolean }> {
  const events: ActivityEvent[] = [];
  const reading = new AbortController();
  const stop = () => reading.abort();
  request.signal.addEventListener('abort', stop, { once: true });
  let isComplete = true;
  try {
    const following = bus.follow({
      stream: eventsStream,
      subject: activitySubject(request.workspace),
      fromSeq: afterSeq + 1,
      signal: reading.signal,
      onMessage: (message) => {
        const event = readActivityEvent(message);
        if (event?.activity.recordId !== request.recordId) return;
        if (events.length < backlogMax) events.push(event);
        else isComplete = false;
      },
    });
    await following.caughtUp(backlogDeadlineMs);
    return { events, isComplete };
  } catch (err) {
    throw new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      cause: new BusUnavailable('no backlog', { cause: err }),
    });
  } finally {
    stop();
    request.signal.removeEventListener('abort', stop);
  }
}

/** Retryable: a client connects again with the last id that it received. */
function tooSlow(): TRPCError {
  return new TRPCError({
    code: 'SERVICE_UNAVAILABLE',
    message: 'the subscriber is behind and has to resume',
  });
}
