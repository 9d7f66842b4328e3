import { type Database, isRetryable } from '@kith/database';
import type { Logger } from '@kith/service';
import type { Relay } from '../outbox/relay.ts';
import { untilDone } from '../until-done.ts';
import { rereadStaleRecords } from './reread-records.ts';

/**
 * Rereads in the background what was written before this version, through any outage. Resolves when that is done or
 * the signal aborts, and never rejects: the service does its work meanwhile, and the next start goes on with it.
 */
export async function rereadAtStart(parts: {
  db: Database;
  relay: Pick<Relay, 'wake'>;
  log: Logger;
  signal: AbortSignal;
  now(): Date;
}): Promise<void> {
  const { db, relay, log, signal } = parts;
  try {
    await untilDone('records are read by this version', { log, signal, again: isRetryable }, async () => {
      const count = await rereadStaleRecords(db, {
        actor: 'rule',
        now: () => parts.now(),
        signal,
        onChunk: () => relay.wake(),
        onFailure: (err, pipeline) =>
          log.error({ err, ...pipeline }, 'the records of a pipeline cannot be reread'),
      });
      if (count > 0) log.info({ count }, 'records were read again by this version');
    });
  } catch (err) {
    if (!signal.aborted) log.error({ err }, 'records cannot be reread; they are at the next start');
  }
}
