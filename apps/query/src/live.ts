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

/** Starts to follow the stream of events; ends when the signal aborts. */
export function openLive(parts: {
  bus: Bus;
  signal: AbortSignal;
  metrics: ApiOptions['metrics'];
  limits?: Partial<FeedLimits>;
}): Live {
  const { bus } = parts;
  const feed = openEventFeed(bus, parts.signal, parts.limits);
  const metrics = createLiveMetrics(parts.metrics, feed);
  const sources = { bus, feed, metrics, older: createOlderEvents(bus) };
  return {
    done: feed.done,
    subscribe: (request) => openSubscription(sources, request),
    position: () => String(feed.position()),
  };
}
