/*
 * Who is to be told of which events. A subscriber holds no events: it is told the sequence of the first that it has not
 * looked at, and reads from there.
 */
import { type EventFilter, type FeedEvent, isWanted, recordOf } from './feed-event.ts';

/** A subscriber's place in the feed. */
export interface Place {
  /** Forgets what it was told: called before everything that is here is read. */
  look(): void;
  /** Resolves with the sequence of the first event since `look`; undefined when the place is no longer open. */
  first(): Promise<number | undefined>;
  isOpen(): boolean;
  /** Whether it was ended by `close`: the subscriber did not go away, and has to resume. */
  isClosed(): boolean;
  close(): void;
  end(): void;
}

/** All subscribers of a process. */
export interface Subscribers {
  add(filter: EventFilter): Place;
  tell(event: FeedEvent): void;
  count(): number;
  /** Closes every place. */
  close(): void;
}

interface Subscriber {
  filter: EventFilter;
  state: 'open' | 'closed' | 'ended';
  first: number | undefined;
  wake(): void;
}

/** Without subscribers yet. An event costs as much as it has subscribers, however many others there are. */
export function createSubscribers(): Subscribers {
  const topics = new Map<string, Set<Subscriber>>();
  let count = 0;
  const leave = (subscriber: Subscriber, state: 'closed' | 'ended') => {
    if (subscriber.state !== 'open') return;
    subscriber.state = state;
    count -= 1;
    const topic = topicOf(subscriber.filter);
    const others = topics.get(topic);
    others?.delete(subscriber);
    if (others?.size === 0) topics.delete(topic);
    subscriber.wake();
  };
  return {
    add: (filter) => {
      const subscriber: Subscriber = { filter, state: 'open', first: undefined, wake: () => {} };
      const topic = topicOf(filter);
      topics.set(topic, (topics.get(topic) ?? new Set()).add(subscriber));
      count += 1;
      return placeOf(subscriber, leave);
    },
    tell: (event) => {
      // Without subscribers nothing is parsed.
      if (count === 0) return;
      for (const topic of topicsOf(event)) {
        for (const subscriber of topics.get(topic) ?? []) {
          if (subscriber.first !== undefined || !isWanted(event, subscriber.filter)) continue;
          subscriber.first = event.seq;
          subscriber.wake();
        }
      }
    },
    count: () => count,
    close: () => {
      for (const subscribers of topics.values()) {
        for (const subscriber of subscribers) leave(subscriber, 'closed');
      }
    },
  };
}

function placeOf(
  subscriber: Subscriber,
  leave: (subscriber: Subscriber, state: 'closed' | 'ended') => void,
): Place {
  const isOpen = () => subscriber.state === 'open';
  return {
    isOpen,
    isClosed: () => subscriber.state === 'closed',
    look: () => (subscriber.first = undefined),
    first: async () => {
      while (subscriber.first === undefined && isOpen()) {
        await new Promise<void>((resolve) => (subscriber.wake = resolve));
      }
      return isOpen() ? subscriber.first : undefined;
    },
    close: () => leave(subscriber, 'closed'),
    end: () => leave(subscriber, 'ended'),
  };
}

/** No workspace has a slash in its name. */
const topicOf = ({ workspace, recordId }: { workspace: string; recordId?: string | undefined }): string =>
  recordId === undefined ? workspace : `${workspace}/${recordId}`;

function topicsOf(event: FeedEvent): string[] {
  const recordId = recordOf(event);
  const { workspace } = event;
  return recordId === undefined ? [workspace] : [workspace, topicOf({ workspace, recordId })];
}
