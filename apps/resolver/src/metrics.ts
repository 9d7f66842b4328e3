import type { ItemOutcome } from '@kith/contracts';
import type { ServiceContext } from '@kith/service';
import { Counter, Histogram } from 'prom-client';

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
