import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@kith/bus';
import type { Database } from '@kith/database';
import type { Logger } from '@kith/service';
import type { Relay } from '../outbox/relay.ts';
import { reconcileDue, type ReconcileSettings } from './reconcile.ts';
import { reviveTasks } from './revive-tasks.ts';

/** What tending needs; `now` is the clock. */
export interface TendParts {
  db: Database;
  bus: Bus;
  relay: Pick<Relay, 'wake'>;
  log: Logger;
  reconcile: ReconcileSettings;
  now(): Date;
}

const everyMs = 15_000;

/** Begins reconciliations that are due, and brings back syncs that lost their task, until the signal aborts. */
export async function tendSyncs(parts: TendParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      const asked = await reconcileDue(parts.db, parts.reconcile, parts.now());
      const revived = await reviveTasks(parts, parts.now());
      if (asked + revived > 0) parts.relay.wake();
      if (revived > 0) parts.log.warn({ revived }, 'syncs had lost their task and begin anew');
    } catch (err) {
      parts.log.warn({ err }, 'syncs could not be tended');
    }
  }
}
