/*
 * The one way to Postgres: single statements with `rows`, and changes of one workspace with `write`.
 *
 * `write` is one transaction that holds its workspace's write lock, so that the changes of a workspace happen one
 * after another: a record that gains an address and a mail from that address cannot miss each other
 * (docs/decisions/one-writer-per-workspace.md). Workspaces do not wait for each other, and reads wait for nobody.
 */
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { isRetryable, isTransactionConflict } from './failures.ts';
import { createPool, type PoolOptions } from './pool.ts';

/** Runs statements; `rows` answers with the rows as plain objects, as the statement names them. */
export interface Rows {
  rows<T extends object>(query: SQL): Promise<T[]>;
}

/** A transaction in one workspace. */
export interface Tx extends Rows {
  readonly workspace: string;
}

/** An open database. */
export interface Database extends Rows {
  /** Runs `change` in a transaction under the workspace's write lock; runs it again after a conflict. */
  write<T>(workspace: string, change: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when Postgres answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const dialect = new PgDialect();
const conflictTries = 5;

/** Opens a pool; connections are made as they are needed. */
export function openDatabase(options: PoolOptions): Database {
  const pool = createPool(options);
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= pool.end());
  return {
    rows: (query) => runRows(pool, query),
    write: (workspace, change) => write(pool, workspace, change),
    ping: async () => void (await runRows(pool, sql`select 1`)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function runRows<T extends object>(target: pg.Pool | pg.PoolClient, query: SQL): Promise<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  const result = await target.query<T>(text, params);
  return result.rows;
}

async function write<T>(pool: pg.Pool, workspace: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(pool, workspace, change);
    } catch (err) {
      if (attempt >= conflictTries || !isTransactionConflict(err)) throw err;
    }
  }
}

async function transact<T>(pool: pg.Pool, workspace: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await runRows(client, sql`select pg_advisory_xact_lock(hashtextextended(${`kith:${workspace}`}, 0))`);
    const value = await change({ workspace, rows: (query) => runRows(client, query) });
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
