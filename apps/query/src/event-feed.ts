/*
 * One reader of the event stream for the whole process, and any number of subscribers in memory.
 *
 * It starts at the end of the stream. From a subscription on, a subscriber is handed every later event of its
 * record, in order: `liveFrom` is the boundary, and what lies before it is in the stream (activity.ts reads it).
 * It waits as long as it takes for NATS and for the stream, and meanwhile refuses subscribers with `BusUnavailable`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, BusUnavailable, type FollowedMessage } from '@kith/bus';
import { eventsStream } from '@kith/contracts';
import { type ActivityEvent, activitySubject, readActivityEvent } from './activity-event.ts';

/** Hears of a record's activity; `onEnd` says that the feed is closing and nothing more will come. */
export interface Subscriber {
  onEvent(event: ActivityEvent): void;
  onEnd(): void;
}

/** A subscriber's place: it is handed all events with a sequence above `liveFrom`. */
export interface FeedSubscription {
  liveFrom: number;
  end(): void;
}

/** The process's feed of activity. */
export interface EventFeed {
  /** Throws `BusUnavailable` until the feed has found the stream. */
  subscribe(topic: { workspace: string; recordId: string }, subscriber: Subscriber): FeedSubscription;
  /** Resolves when the signal has aborted and nothing is read any more. */
  done: Promise<void>;
}

const retryMs = 500;

/** Starts reading; ends when the signal aborts, and every subscription with it. */
export function openEventFeed(bus: Bus, signal: AbortSignal): EventFeed {
  const topics = createTopics();
  let position: number | undefined;
  const onMessage = (message: FollowedMessage) => {
    position = message.seq;
    const event = readActivityEvent(message);
    if (event !== undefined) topics.hand(event);
  };
  const done = run(bus, signal, {
    onMessage,
    onStart: (seq) => (position = seq),
  }).finally(() => {
    position = undefined;
    topics.end();
  });
  return {
    done,
    subscribe: (topic, subscriber) => {
      if (position === undefined) throw new BusUnavailable('the event stream is not there yet');
      return { liveFrom: position, end: topics.add(topic, subscriber) };
    },
  };
}

async function run(
  bus: Bus,
  signal: AbortSignal,
  on: { onStart(seq: number): void; onMessage(message: FollowedMessage): void },
): Promise<void> {
  const start = await lastSeq(bus, signal);
  if (start === undefined) return;
  on.onStart(start);
  await bus.follow({
    stream: eventsStream,
    subject: activitySubject('*'),
    fromSeq: start + 1,
    signal,
    onMessage: (message) => on.onMessage(message),
  }).done;
}

async function lastSeq(bus: Bus, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    try {
      return (await bus.streamState(eventsStream)).lastSeq;
    } catch {
      // The resolver has not made the stream yet, or NATS is away: `/readyz` and the subscribers tell so.
      await delay(retryMs, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

interface Topics {
  add(topic: { workspace: string; recordId: string }, subscriber: Subscriber): () => void;
  hand(event: ActivityEvent): void;
  end(): void;
}

function createTopics(): Topics {
  const topics = new Map<string, Set<Subscriber>>();
  return {
    add: ({ workspace, recordId }, subscriber) => {
      const key = keyOf(workspace, recordId);
      const subscribers = topics.get(key) ?? new Set();
      topics.set(key, subscribers.add(subscriber));
      return () => {
        subscribers.delete(subscriber);
        if (subscribers.size === 0 && topics.get(key) === subscribers) topics.delete(key);
      };
    },
    hand: (event) => {
      const subscribers = topics.get(keyOf(event.workspace, event.activity.recordId)) ?? [];
      for (const subscriber of subscribers) subscriber.onEvent(event);
    },
    end: () => {
      for (const subscribers of topics.values()) for (const subscriber of subscribers) subscriber.onEnd();
    },
  };
}

/** No workspace has a slash in its name. */
const keyOf = (workspace: string, recordId: string): string => `${workspace}/${recordId}`;
