/*
 * What happens, live, and resumable without gap or double.
 *
 * An event's id is its sequence in `KITH_EVENTS`. A subscription is a place in that sequence: what lies after it is taken
 * from the newest events in memory, or from the stream when they begin too late, in order, each once; then it waits to be
 * told of more. A subscriber that is slower than its events costs no more than a fast one, and misses nothing.
 */
import { type Bus, BusUnavailable } from '@kith/bus';
import { eventsStream, KithError } from '@kith/contracts';
import { TRPCError } from '@trpc/server';
import type { EventFeed } from './event-feed.ts';
import type { EventFilter, FeedEvent } from './feed-event.ts';
import type { LiveMetrics } from './live-metrics.ts';
import type { OlderEvents } from './older-events.ts';
import { type EventPage, pageEventsMax } from './recent-events.ts';
import type { Place } from './subscribers.ts';

/** Where a subscription's events come from. */
export interface EventSources {
  bus: Bus;
  feed: EventFeed;
  older: OlderEvents;
  metrics: LiveMetrics;
  /**
   * After about so long a connection is closed, and its client resumes: with a key that is still good, or not at all.
   */
  lifetimeMs: number;
}

/** Which events, and after which; without `afterSeq` from now on. */
export interface LiveRequest {
  filter: EventFilter;
  afterSeq: number | undefined;
  /** The call's own signal; it ends the subscription. */
  signal: AbortSignal;
}

/** Subscribes before it resolves, so that nothing after the answer is missed. */
export async function openSubscription(
  sources: EventSources,
  { filter, afterSeq, signal }: LiveRequest,
): Promise<AsyncIterable<FeedEvent>> {
  const place = sources.feed.subscribe(filter);
  const start = afterSeq ?? sources.feed.position();
  // Those who came together do not come back together.
  const lifetime = setTimeout(() => place.close(), sources.lifetimeMs * (0.5 + Math.random()));
  const end = () => {
    clearTimeout(lifetime);
    place.end();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    if (afterSeq !== undefined) await requireKept(sources, afterSeq);
  } catch (err) {
    end();
    throw err;
  }
  return readOn(sources, filter, { place, start, end });
}

async function* readOn(
  sources: EventSources,
  filter: EventFilter,
  { place, start, end }: { place: Place; start: number; end: () => void },
): AsyncGenerator<FeedEvent> {
  let at = start;
  try {
    while (place.isOpen()) {
      place.look();
      const recent = readRecent(sources.feed, filter, at);
      const page = recent ?? (await readOlder(sources, filter, at));
      for (const event of page.events) {
        at = event.seq;
        sources.metrics.onHanded();
        yield event;
      }
      at = Math.max(at, page.upTo);
      if (recent === undefined || page.events.length > 0) continue;
      const first = await place.first();
      // Nothing that it wants lies between.
      if (first !== undefined) at = Math.max(at, first - 1);
    }
    // An abort closes the connection without a word of an end, and a client connects again.
    if (place.isClosed()) throw new DOMException('the subscriber has to resume', 'AbortError');
  } finally {
    end();
  }
}

/** Undefined when what follows is no longer in memory. */
function readRecent(feed: EventFeed, filter: EventFilter, at: number): EventPage | undefined {
  const recent = feed.recent();
  if (at < recent.from()) return undefined;
  const events = recent.after(at, filter);
  const last = events.length === pageEventsMax ? events.at(-1) : undefined;
  return { events, upTo: last?.seq ?? feed.position() };
}

async function readOlder(sources: EventSources, filter: EventFilter, at: number): Promise<EventPage> {
  sources.metrics.onReadFromStream();
  try {
    return await sources.older.after({ filter, seq: at, upTo: sources.feed.recent().from() });
  } catch (err) {
    // Here no middleware of the procedure sees it any more. Retryable: a client resumes.
    if (!(err instanceof BusUnavailable)) throw err;
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: err });
  }
}

async function requireKept({ bus, feed }: EventSources, afterSeq: number): Promise<void> {
  if (afterSeq >= feed.recent().from() && afterSeq <= feed.position()) return;
  const { firstSeq, lastSeq } = await bus.streamState(eventsStream);
  if (afterSeq <= lastSeq && afterSeq + 1 >= firstSeq) return;
  throw new KithError(
    'bad_input',
    'lastEventId: events after it are no longer kept; read again and subscribe without lastEventId',
    { field: 'lastEventId' },
  );
}
