import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@kith/service';
import { findGarbage, type SweepParts, sweepWorkspace } from './sweep-blobs.ts';

const everyMs = 60_000;
/** How long nobody may have put a blob that is removed; see sweep-blobs.ts. */
const ageMs = 60 * 60_000;

/** Removes what nothing names any more, now and then until the signal aborts; what fails is tried again. */
export async function keepSweeping(
  parts: Omit<SweepParts, 'ageMs'> & { log: Logger; signal: AbortSignal },
): Promise<void> {
  const { log, signal } = parts;
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted || !parts.bus.isConnected()) continue;
    try {
      for (const workspace of await findGarbage(parts)) {
        const count = await sweepWorkspace({ ...parts, ageMs }, workspace);
        if (count > 0) log.info({ workspace, count }, 'blobs that nothing names any more were removed');
      }
    } catch (err) {
      log.warn({ err }, 'blobs that nothing names any more could not be removed');
    }
  }
}
