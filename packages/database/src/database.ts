/*
 * The one way to Postgres: single statements with `rows`, and changes of one workspace with `write`.
 *
 * `write` is one transaction that holds its workspace's write lock, so that the changes of a workspace happen one
 * after another: a record that gains an address and a mail from that address cannot miss each other
 * (docs/decisions/one-writer-per-workspace.md). Workspaces do not wait for each other, and reads wait for nobody.
 */
import { type SQL, sql } from 'drizzle-orm';
import type pg from 'pg';
import { createControl } from './control.ts';
import { isRetryable, isTransactionConflict, leavesConnectionFine } from './failures.ts';
import { currentCall, observeStatements } from './observed-call.ts';
import { createPool, type PoolOptions, statementTimeoutDefaultMs } from './pool.ts';
import { createSlowStatementWatch, type SlowStatementOptions } from './slow-statements.ts';
import { runStatement, type StatementPlace, type StatementSetup, throwIfAborted } from './statement.ts';
import { nameStatement } from './statement-name.ts';

/** Runs statements; `rows` answers with the rows as plain objects, as the statement names them. */
export interface Rows {
  rows<T extends object>(query: SQL): Promise<T[]>;
}

/** A transaction in one workspace. */
export interface Tx extends Rows {
  readonly workspace: string;
}

/** How many connections there are, how many of them have nothing to do, and how many statements wait for one. */
export interface PoolState {
  total: number;
  idle: number;
  waiting: number;
}

/** An open database. */
export interface Database extends Rows {
  /** Runs `change` in a transaction under the workspace's write lock; runs it again after a conflict. */
  write<T>(workspace: string, change: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when Postgres answers. */
  ping(): Promise<void>;
  observeStatements: typeof observeStatements;
  pool(): PoolState;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How to reach Postgres, how long things may take, and who hears of statements that took long. */
export interface DatabaseOptions extends PoolOptions {
  slowStatements?: SlowStatementOptions;
}

const conflictTries = 5;

/** Opens a pool; connections are made as they are needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options);
  const control = createControl(options);
  const setup: StatementSetup = {
    timeoutMs: options.statementTimeoutMs ?? statementTimeoutDefaultMs,
    cancelBackend: (pid) => control.cancelBackend(pid),
    onEnd: createSlowStatementWatch(options.slowStatements, (text) => control.explain(text)),
  };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= pool.end().then(() => control.close()));
  const rows: Rows['rows'] = (query) => read(pool, setup, { name: nameStatement(rows), query });
  return {
    rows,
    write: (workspace, change) => write({ pool, setup, workspace }, change),
    ping: async () => void (await rows(sql`select 1`)),
    observeStatements,
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A statement of its own, which ends with the call that it belongs to. */
async function read<T extends object>(
  pool: pg.Pool,
  setup: StatementSetup,
  { name, query }: { name: string; query: SQL },
): Promise<T[]> {
  const signal = currentCall()?.signal;
  throwIfAborted(signal);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await runStatement<T>(setup, { client, name, signal }, query);
  } catch (err) {
    if (!leavesConnectionFine(err)) broken = err as Error;
    throw err;
  } finally {
    client.release(broken);
  }
}

/** A change of a workspace, and what it is made with. */
interface Change {
  pool: pg.Pool;
  setup: StatementSetup;
  workspace: string;
}

async function write<T>(on: Change, change: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(on, change);
    } catch (err) {
      if (attempt >= conflictTries || !isTransactionConflict(err)) throw err;
    }
  }
}

async function transact<T>(on: Change, change: (tx: Tx) => Promise<T>): Promise<T> {
  const { pool, setup, workspace } = on;
  const client = await pool.connect();
  const rows: Rows['rows'] = (query) => {
    const place: StatementPlace = { client, name: nameStatement(rows) };
    return runStatement(setup, place, query);
  };
  let broken: Error | undefined;
  try {
    await client.query('begin');
    // Waiting for one's turn is not slow: it is neither measured nor told.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`kith:${workspace}`]);
    const value = await change({ workspace, rows });
    await client.query('commit');
    return value;
  } catch (err) {
    broken = await rollback(client, err);
    throw err;
  } finally {
    // A connection that failed is thrown away, never handed to the next caller.
    client.release(broken);
  }
}

async function rollback(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isRetryable(cause)) return cause as Error;
  try {
    await client.query('rollback');
    return undefined;
  } catch (err) {
    return err as Error;
  }
}
