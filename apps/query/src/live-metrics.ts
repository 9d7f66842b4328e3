import type { ApiOptions } from '@kith/service';
import { Counter, Gauge } from 'prom-client';
import type { EventFeed } from './event-feed.ts';

/** Counts what subscriptions do. */
export interface LiveMetrics {
  onHanded(): void;
  onReadFromStream(): void;
}

/** Registers the metrics of live updates. */
export function createLiveMetrics(registry: ApiOptions['metrics'], feed: EventFeed): LiveMetrics {
  const registers = [registry];
  const subscribers: Gauge = new Gauge({
    name: 'kith_subscribers',
    help: 'Live subscriptions that this process serves',
    registers,
    collect: () => subscribers.set(feed.subscriberCount()),
  });
  const handed = new Counter({
    name: 'kith_subscriber_events_total',
    help: 'Events handed to live subscriptions',
    registers,
  });
  const readFromStream = new Counter({
    name: 'kith_subscribers_behind_total',
    help: 'How often a subscription was so far behind that its events were read from the stream again',
    registers,
  });
  return { onHanded: () => handed.inc(), onReadFromStream: () => readFromStream.inc() };
}
