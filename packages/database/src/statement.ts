/*
 * Runs one statement on a connection: under its name, until it is done, takes too long or nobody waits for it any more.
 * Whatever becomes of it is counted for the call that it belongs to.
 */
import { KithError } from '@kith/contracts';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { type CancelBackend, untilDoneOrAborted } from './cancellation.ts';
import { codeOf } from './failures.ts';
import { countStatement } from './observed-call.ts';
import type { EndedStatement } from './slow-statements.ts';
import { withName } from './statement-name.ts';

/** What all statements of a database have in common. */
export interface StatementSetup {
  timeoutMs: number;
  cancelBackend: CancelBackend;
  onEnd(ended: EndedStatement): void;
}

/** Where a statement runs and what it is called; `signal` cancels it. */
export interface StatementPlace {
  client: pg.PoolClient;
  name: string;
  signal?: AbortSignal | undefined;
}

const dialect = new PgDialect();
const queryCanceled = '57014';

/** Answers the rows. Throws `too_slow` after the timeout, `cancelled` after the signal, else what `pg` throws. */
export async function runStatement<T extends object>(
  setup: StatementSetup,
  place: StatementPlace,
  query: SQL,
): Promise<T[]> {
  throwIfAborted(place.signal);
  const { sql: text, params } = dialect.sqlToQuery(query);
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  const end = (outcome: string, rows: number) => {
    const milliseconds = Math.round(elapsedMs());
    countStatement(rows, elapsedMs() / 1000);
    setup.onEnd({ statement: place.name, text, milliseconds, rows, outcome });
  };
  try {
    const statement = place.client.query<T>(withName(place.name, text), params);
    const { rows } = await untilDoneOrAborted(
      { ...place, signal: place.signal, statement },
      setup.cancelBackend,
    );
    end('ok', rows.length);
    return rows;
  } catch (err) {
    const failure = meaningOf(err, { signal: place.signal, isLate: elapsedMs() >= setup.timeoutMs });
    end(codeOf(failure) ?? 'failed', 0);
    throw failure;
  }
}

/** Nobody waits any more: nothing is begun. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new KithError('cancelled', 'the caller went away');
}

/** Postgres says with one code that a statement was cancelled, by whomever. */
function meaningOf(err: unknown, at: { signal: AbortSignal | undefined; isLate: boolean }): unknown {
  if (codeOf(err) !== queryCanceled) return err;
  if (at.signal?.aborted === true) return new KithError('cancelled', 'the caller went away', { cause: err });
  if (!at.isLate) return err;
  return new KithError(
    'too_slow',
    'this took longer than a statement may; ask for less: fewer items, a narrower filter or a longer text to search for',
    { cause: err },
  );
}
