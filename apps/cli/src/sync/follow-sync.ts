/* Asks how far a sync is until it has ended. A Kith that is away for a moment only takes time: the sync is durable. */
import { setTimeout as delay } from 'node:timers/promises';
import { type KithClient, kithError, type Sync } from '@kith/client';
import { CliFailure } from '../failure.ts';

const pauseMs = 250;

/** Resolves with the sync as it ended, or, when `signal` aborts, as it is. Rejects when there is no such sync. */
export async function followSync(
  kith: KithClient,
  syncId: string,
  options: { onChange: (sync: Sync) => void; signal: AbortSignal },
): Promise<Sync> {
  let known: Sync | null = null;
  for (;;) {
    known = (await ask(kith, syncId)) ?? known;
    if (known !== null) {
      options.onChange(known);
      if (known.state !== 'running' || options.signal.aborted) return known;
    }
    options.signal.throwIfAborted();
    await delay(pauseMs, undefined, { signal: options.signal }).catch(() => {});
  }
}

async function ask(kith: KithClient, syncId: string): Promise<Sync | null> {
  try {
    return await kith.read.sync.status.query({ syncId });
  } catch (err) {
    if (err instanceof CliFailure || kithError(err)?.code === 'unavailable' || isUnanswered(err)) return null;
    throw err;
  }
}

/** The connection broke, rather than somebody answering no. */
function isUnanswered(err: unknown): boolean {
  for (let at = err; at instanceof Error; at = at.cause) if (at instanceof CliFailure) return true;
  return kithError(err) === null;
}
