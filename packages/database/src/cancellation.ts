/*
 * Cancels a statement when nobody waits for it any more.
 *
 * Postgres cancels whatever a connection runs when the request arrives, so a connection is let go only after every
 * request for it was answered: by then its process has been signalled, and a process that waits for its next statement
 * ignores the signal. A request that comes before its statement began is ignored as well, so it is repeated until the
 * statement has ended.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** Asks the server to cancel what a backend runs. */
export type CancelBackend = (pid: number) => Promise<unknown>;

const repeatMs = 200;

/** Waits for a statement that runs on `client`; cancels it when the signal aborts, and then rejects as it does. */
export async function untilDoneOrAborted<T>(
  running: { statement: Promise<T>; client: pg.PoolClient; signal: AbortSignal | undefined },
  cancelBackend: CancelBackend,
): Promise<T> {
  const { statement, signal } = running;
  if (signal === undefined) return statement;
  let cancelling: Promise<void> | undefined;
  const over = new AbortController();
  const onAbort = () => {
    cancelling = cancelUntil(over.signal, () => cancelBackend(pidOf(running.client)));
    // Its failure is met below; until then it must not count as one that nobody handles.
    cancelling.catch(() => {});
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await statement;
  } finally {
    over.abort();
    signal.removeEventListener('abort', onAbort);
    await cancelling;
  }
}

async function cancelUntil(over: AbortSignal, cancel: () => Promise<unknown>): Promise<void> {
  while (!over.aborted) {
    await cancel();
    await delay(repeatMs, undefined, { signal: over }).catch(() => {});
  }
}

/** The types do not tell of it; the server says it when a connection begins. */
const pidOf = (client: pg.PoolClient): number => (client as pg.PoolClient & { processID: number }).processID;
