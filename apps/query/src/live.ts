import type { Bus } from '@kith/bus';
import type { ApiOptions } from '@kith/service';
import { type FeedLimits, openEventFeed } from './event-feed.ts';
import type { FeedEvent } from './feed-event.ts';
import { createLiveMetrics } from './live-metrics.ts';
import { createOlderEvents } from './older-events.ts';
import { type LiveRequest, openSubscription } from './subscription.ts';

/** What happens, as this process tells it to whoever subscribes. */
export interface Live {
  /** Rejects with `unavailable`, or `bad_input` for a position that is not kept. */
  subscribe(request: LiveRequest): Promise<AsyncIterable<FeedEvent>>;
  /** The id to resume from for whoever wants to miss nothing from now on. */
  position(): string;
  /** Resolves when the signal has aborted and every subscription has ended. */
  done: Promise<void>;
}

/** How much one process does for its subscribers. */
export interface LiveLimits extends FeedLimits {
  lifetimeMs: number;
}

const lifetimeMs = 20 * 60_000;

/** Starts to follow the stream of events; ends when the signal aborts. */
export function openLive(parts: {
  bus: Bus;
  signal: AbortSignal;
  metrics: ApiOptions['metrics'];
  limits?: Partial<LiveLimits>;
}): Live {
  const { bus } = parts;
  const feed = openEventFeed(bus, parts.signal, parts.limits);
  const metrics = createLiveMetrics(parts.metrics, feed);
  const older = createOlderEvents(bus);
  const sources = { bus, feed, metrics, older, lifetimeMs: parts.limits?.lifetimeMs ?? lifetimeMs };
  return {
    done: feed.done,
    subscribe: (request) => openSubscription(sources, request),
    position: () => String(feed.position()),
  };
}
