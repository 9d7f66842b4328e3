/*
 * Events that are no longer in memory, read from the stream for whoever comes back from long ago.
 *
 * Thousands may come at once. They wait in line, a few readers serve them, and a reader serves all who wait for about
 * the same part of the same workspace's past. Each is given a page at a time, so that what waits to be sent is bounded
 * too.
 */
import { type Bus, BusUnavailable } from '@kith/bus';
import { eventsStream } from '@kith/contracts';
import { createFeedEvent, type EventFilter, eventsSubject, type FeedEvent, isWanted } from './feed-event.ts';
import { type EventPage, pageEventsMax } from './recent-events.ts';

/** What is asked for: events after `seq`, of those up to `upTo`. */
export interface PastRequest {
  filter: EventFilter;
  seq: number;
  upTo: number;
}

/** Reads the past. */
export interface OlderEvents {
  /** A page; its `upTo` is beyond `seq`. Rejects with `BusUnavailable`. */
  after(request: PastRequest): Promise<EventPage>;
}

interface Waiting extends PastRequest {
  events: FeedEvent[];
  resolve(page: EventPage): void;
  reject(err: unknown): void;
}

const readersMax = 2;
/** How far one reader reads: long enough to be worth its start, short enough for those who wait in line. */
const stretch = 20_000;
const deadlineMs = 15_000;

/** A reader of the past for one process. */
export function createOlderEvents(bus: Bus): OlderEvents {
  let waiting: Waiting[] = [];
  let readers = 0;
  const work = async () => {
    // Those who come at the same moment are all in line before the first is served.
    await Promise.resolve();
    for (let [oldest] = waiting; oldest !== undefined; [oldest] = waiting) {
      const { seq: start, filter } = oldest;
      const together = waiting.filter(
        (other) =>
          other.filter.workspace === filter.workspace && other.seq >= start && other.seq < start + stretch,
      );
      waiting = waiting.filter((other) => !together.includes(other));
      await serve(bus, start, together);
    }
    readers -= 1;
  };
  return {
    after: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...request, events: [], resolve, reject });
        if (readers === readersMax) return;
        readers += 1;
        void work();
      }),
  };
}

async function serve(bus: Bus, start: number, together: readonly Waiting[]): Promise<void> {
  const end = Math.min(start + stretch, Math.max(...together.map(({ upTo }) => upTo)));
  try {
    await readStretch(bus, { start, end, together });
    for (const one of together) one.resolve(pageOf(one, end));
  } catch (err) {
    const unavailable = new BusUnavailable('the past of the event stream cannot be read', { cause: err });
    for (const one of together) one.reject(unavailable);
  }
}

function pageOf({ events, upTo }: Waiting, end: number): EventPage {
  const last = events.length === pageEventsMax ? events.at(-1) : undefined;
  return { events, upTo: last?.seq ?? Math.min(upTo, end) };
}

async function readStretch(
  bus: Bus,
  { start, end, together }: { start: number; end: number; together: readonly Waiting[] },
): Promise<void> {
  const reading = new AbortController();
  const [first] = together;
  if (first === undefined) return;
  try {
    await new Promise<void>((resolve, reject) => {
      const following = bus.follow({
        stream: eventsStream,
        subject: eventsSubject(first.filter.workspace),
        fromSeq: start + 1,
        signal: reading.signal,
        onMessage: (message) => {
          if (message.seq <= end) hand(createFeedEvent(message), together);
          if (message.seq >= end || together.every(isFull)) resolve();
        },
      });
      following.caughtUp(deadlineMs).then(resolve, reject);
    });
  } finally {
    reading.abort();
  }
}

function hand(event: FeedEvent | undefined, together: readonly Waiting[]): void {
  if (event === undefined) return;
  for (const one of together) {
    if (isFull(one) || event.seq <= one.seq || event.seq > one.upTo) continue;
    if (isWanted(event, one.filter)) one.events.push(event);
  }
}

const isFull = ({ events }: Waiting): boolean => events.length >= pageEventsMax;
