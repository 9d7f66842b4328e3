/*
 * The newest events of all workspaces, in memory: what subscribers read from, at their own pace.
 *
 * It holds every event after `from`, up to a number and a size. A subscriber that is slow, or comes back after a lost
 * connection, costs no memory of its own: it is a place in here.
 */
import { type EventFilter, type FeedEvent, isWanted } from './feed-event.ts';

/** Some events that a filter lets through, and how far was looked: after `upTo` there may be more. */
export interface EventPage {
  events: FeedEvent[];
  upTo: number;
}

/** A window on the end of the stream. */
export interface RecentEvents {
  /** The sequence after which every event is here. */
  from(): number;
  add(event: FeedEvent): void;
  /** What follows a sequence that is not before `from`, in order. */
  after(seq: number, filter: EventFilter): FeedEvent[];
}

/** How many events a subscriber takes at once. */
export const pageEventsMax = 100;

/** How much of the past is kept at most. */
export interface RecentLimits {
  eventsMax: number;
  bytesMax: number;
}

/** An empty window that begins after a sequence. */
export function createRecentEvents(startSeq: number, limits: RecentLimits): RecentEvents {
  // The front is dropped when it is half of all: shifting a long array for every event would cost its length.
  let events: FeedEvent[] = [];
  let first = 0;
  let from = startSeq;
  let bytes = 0;
  const dropOldest = () => {
    const oldest = events[first];
    if (oldest === undefined) return;
    first += 1;
    bytes -= oldest.bytes;
    from = oldest.seq;
    if (first * 2 < events.length) return;
    events = events.slice(first);
    first = 0;
  };
  return {
    from: () => from,
    add: (event) => {
      events.push(event);
      bytes += event.bytes;
      while (events.length - first > limits.eventsMax || bytes > limits.bytesMax) dropOldest();
    },
    after: (seq, filter) => {
      const wanted: FeedEvent[] = [];
      for (let index = indexAfter(events, seq, first); index < events.length; index += 1) {
        const event = events[index];
        if (event !== undefined && isWanted(event, filter)) wanted.push(event);
        if (wanted.length === pageEventsMax) break;
      }
      return wanted;
    },
  };
}

/** Where the first event after a sequence is, by halving. */
function indexAfter(events: readonly FeedEvent[], seq: number, first: number): number {
  let low = first;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
