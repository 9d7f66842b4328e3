/*
 * One reader of the event stream for the whole process, and any number of subscribers in memory.
 *
 * It keeps the newest events, and has read as many of the past before it takes its first subscriber: so those who come
 * back after a restart of the service, however many, find what they missed here. A subscriber is told when there is
 * something for it, and takes it when it can. Until NATS and the stream are there, subscribers are refused with
 * `BusUnavailable`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, BusUnavailable } from '@kith/bus';
import { eventsStream, KithError } from '@kith/contracts';
import { createFeedEvent, type EventFilter, eventsSubject } from './feed-event.ts';
import { createRecentEvents, type RecentEvents, type RecentLimits } from './recent-events.ts';
import { createSubscribers, type Place } from './subscribers.ts';

/** The process's feed of events. */
export interface EventFeed {
  /** A place that is told of every event after this moment. Throws `unavailable` when there are too many. */
  subscribe(filter: EventFilter): Place;
  /** The sequence of the newest event that is here. */
  position(): number;
  recent(): RecentEvents;
  subscriberCount(): number;
  /** Resolves when the signal has aborted and nothing is read any more. */
  done: Promise<void>;
}

/** How much a feed may hold. */
export interface FeedLimits extends RecentLimits {
  subscribersMax: number;
}

/** What one process holds unless it is told otherwise: some ten megabytes of events, and 5,000 subscribers. */
const feedLimits: FeedLimits = { eventsMax: 10_000, bytesMax: 8 * 1024 ** 2, subscribersMax: 5_000 };

const retryMs = 500;
const catchUpDeadlineMs = 30_000;

/** Starts reading; ends when the signal aborts, and every subscription with it. */
export function openEventFeed(bus: Bus, signal: AbortSignal, given: Partial<FeedLimits> = {}): EventFeed {
  const limits = { ...feedLimits, ...given };
  const subscribers = createSubscribers();
  let window: { recent: RecentEvents; position: number } | undefined;
  const ready = () => {
    if (window === undefined) throw new BusUnavailable('the event stream is not there yet');
    return window;
  };
  const done = run({ bus, signal, limits, subscribers, onReady: (read) => (window = read) }).finally(() => {
    window = undefined;
    subscribers.close();
  });
  return {
    done,
    subscribe: (filter) => {
      ready();
      if (subscribers.count() >= limits.subscribersMax) throw tooMany(limits.subscribersMax);
      return subscribers.add(filter);
    },
    position: () => ready().position,
    recent: () => ready().recent,
    subscriberCount: () => subscribers.count(),
  };
}

interface Reader {
  bus: Bus;
  signal: AbortSignal;
  limits: FeedLimits;
  subscribers: ReturnType<typeof createSubscribers>;
  onReady(window: { recent: RecentEvents; position: number }): void;
}

async function run(reader: Reader): Promise<void> {
  const { bus, signal, limits, subscribers } = reader;
  const stream = await findStream(bus, signal);
  if (stream === undefined) return;
  const start = Math.max(stream.firstSeq - 1, stream.lastSeq - limits.eventsMax, 0);
  const window = { recent: createRecentEvents(start, limits), position: start };
  const following = bus.follow({
    stream: eventsStream,
    subject: eventsSubject('*'),
    fromSeq: start + 1,
    signal,
    onMessage: (message) => {
      window.position = message.seq;
      const event = createFeedEvent(message);
      if (event === undefined) return;
      window.recent.add(event);
      subscribers.tell(event);
    },
  });
  await catchUp(following, signal);
  // What lies at the end of the stream may have been deleted.
  window.position = Math.max(window.position, stream.lastSeq);
  if (!signal.aborted) reader.onReady(window);
  await following.done;
}

async function catchUp(following: ReturnType<Bus['follow']>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await Promise.race([following.caughtUp(catchUpDeadlineMs), following.done]);
      return;
    } catch {
      await delay(retryMs, undefined, { signal }).catch(() => {});
    }
  }
}

async function findStream(
  bus: Bus,
  signal: AbortSignal,
): Promise<{ firstSeq: number; lastSeq: number } | undefined> {
  while (!signal.aborted) {
    try {
      return await bus.streamState(eventsStream);
    } catch {
      // The resolver has not made the stream yet, or NATS is away: `/readyz` and the subscribers tell so.
      await delay(retryMs, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

function tooMany(subscribersMax: number): KithError {
  const message = `this process serves ${subscribersMax} subscribers, as many as it may; connect again later`;
  return new KithError('unavailable', message);
}
