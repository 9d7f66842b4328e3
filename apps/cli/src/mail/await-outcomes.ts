/*
 * Waits until the resolver has said of each delivery how it ended. It gives up when nothing moves any more, since
 * what is accepted is durable and will be processed whether or not somebody waits. A query service that is away for
 * a moment only takes time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type KithClient, kithError } from '@kith/client';
import type { Outcomes } from './summary.ts';

const idsPerCall = 500;
const pauseMs = 300;

/** Outcomes by delivery id; a delivery that still waits when `stalledMs` pass without any progress has none. */
export async function awaitOutcomes(
  kith: KithClient,
  deliveryIds: readonly string[],
  options: { stalledMs: number; onProgress: (done: number) => void },
): Promise<Map<string, Outcomes>> {
  const outcomes = new Map<string, Outcomes>();
  let waiting = [...deliveryIds];
  let progressAtMs = performance.now();
  while (waiting.length > 0) {
    await askFor(kith, waiting, outcomes);
    const left = waiting.filter((id) => !outcomes.has(id));
    if (left.length < waiting.length) progressAtMs = performance.now();
    waiting = left;
    options.onProgress(outcomes.size);
    if (waiting.length === 0 || performance.now() - progressAtMs > options.stalledMs) break;
    await delay(pauseMs);
  }
  return outcomes;
}

async function askFor(
  kith: KithClient,
  ids: readonly string[],
  outcomes: Map<string, Outcomes>,
): Promise<void> {
  try {
    for (let start = 0; start < ids.length; start += idsPerCall) {
      const deliveryIds = ids.slice(start, start + idsPerCall);
      const { items } = await kith.read.deliveries.outcomes.query({ deliveryIds });
      for (const item of items) if (item.outcomes !== null) outcomes.set(item.deliveryId, item.outcomes);
    }
  } catch (err) {
    const code = kithError(err)?.code ?? 'unavailable';
    if (code !== 'unavailable') throw err;
  }
}
