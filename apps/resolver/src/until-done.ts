import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@kith/service';

const firstWaitMs = 250;
const waitMsMax = 5_000;

/** Tries until it is done, or fails for a reason that waiting does not cure, or the signal aborts. */
export async function untilDone(
  what: string,
  options: { log: Logger; signal: AbortSignal; again(err: unknown): boolean },
  act: () => Promise<unknown>,
): Promise<void> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, waitMsMax)) {
    try {
      await act();
      return;
    } catch (err) {
      if (!options.again(err) || options.signal.aborted) throw err;
      options.log.warn({ err, waitMs }, `waiting until ${what}`);
      await delay(waitMs, undefined, { signal: options.signal });
    }
  }
}
