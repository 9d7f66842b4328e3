/*
 * Waiting for a Kith that starts, or that has much to do: the demo is posted while services come up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { kithError } from '@kith/client';

/** How long a service may stay away before the demo gives up. */
export const patienceMs = 60_000;
/** How long nothing may get done before one stops waiting for it. */
const stalledMs = 30_000;

/** What to wait for: until `expected` items are accounted for. */
export interface Waiting {
  accounting: () => Promise<{ accepted: number; pending: number; stored: number }>;
  log: (line: string) => void;
  signal: AbortSignal;
  expected: number;
}

/** Waits for the services; one that is down for long does not keep the demo from going on. */
export async function waitUntilProcessed({ accounting, log, signal, expected }: Waiting): Promise<void> {
  let changedAtMs = performance.now();
  let doneBefore = -1;
  for (;;) {
    const now = await patiently(signal, accounting);
    if (now.pending === 0 && now.accepted >= expected) {
      log(`demo: ${expected} items processed, ${now.stored} stored`);
      return;
    }
    const done = now.accepted - now.pending;
    if (done !== doneBefore) changedAtMs = performance.now();
    doneBefore = done;
    if (performance.now() - changedAtMs > stalledMs) {
      log(
        `demo: ${Math.max(0, expected - done)} items still wait for their turn; they are durable and will have it`,
      );
      return;
    }
    await delay(200, undefined, { signal });
  }
}

/** Calls again while Kith is away: no answer at all, or `unavailable`. */
export async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (err) {
      const code = kithError(err)?.code ?? 'unavailable';
      if (code !== 'unavailable' || performance.now() > giveUpAtMs) throw err;
    }
    await delay(500, undefined, { signal });
  }
}
