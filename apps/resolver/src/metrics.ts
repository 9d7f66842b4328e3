import type { Bus } from '@kith/bus';
import { inboundStream, type ItemOutcome, receivedStream } from '@kith/contracts';
import type { ServiceContext } from '@kith/service';
import { Counter, Gauge, Histogram } from 'prom-client';
import { resolverDurable } from './consume.ts';

/** What the resolver measures. */
export interface ResolverMetrics {
  /** Starts the clock of a batch of `size` deliveries; call the answer when it is committed. */
  startBatch(size: number): () => void;
  countOutcomes(outcomes: readonly ItemOutcome[]): void;
}

/** Registers the resolver's metrics. */
export function createResolverMetrics(register: ServiceContext<unknown>['metrics']): ResolverMetrics {
  const seconds = new Histogram({
    name: 'kith_batch_duration_seconds',
    help: 'Time from the begin to the commit of a batch',
    registers: [register],
  });
  const sizes = new Histogram({
    name: 'kith_batch_deliveries',
    help: 'Deliveries in a batch',
    buckets: [1, 2, 5, 10, 25, 50, 100, 256],
    registers: [register],
  });
  const items = new Counter({
    name: 'kith_items_total',
    help: 'Items of deliveries, by how they ended',
    labelNames: ['outcome'],
    registers: [register],
  });
  return {
    startBatch: (size) => {
      sizes.observe(size);
      return seconds.startTimer();
    },
    countOutcomes: (outcomes) => {
      for (const outcome of outcomes) items.inc({ outcome });
    },
  };
}

/** Registers what waits in NATS; while NATS does not answer, there is no value. */
export function registerPending(
  register: ServiceContext<unknown>['metrics'],
  bus: Pick<Bus, 'streamState' | 'unacknowledged'>,
): void {
  const pending = new Gauge({
    name: 'kith_pending_messages',
    help: 'Accepted and not settled, by what waits: webhooks for their ingest service, deliveries for the resolver',
    labelNames: ['waiting'],
    registers: [],
    async collect() {
      this.reset();
      const asked = [
        bus.streamState(receivedStream),
        bus.unacknowledged(inboundStream, resolverDurable),
      ] as const;
      const [received, deliveries] = await Promise.allSettled(asked);
      if (received.status === 'fulfilled') this.set({ waiting: 'webhooks' }, received.value.messages);
      if (deliveries.status === 'fulfilled') this.set({ waiting: 'deliveries' }, deliveries.value);
    },
  });
  register.registerMetric(pending);
}
