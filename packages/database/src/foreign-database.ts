/*
 * Somebody else's Postgres, which is only read.
 *
 * Everything is read inside a `read only` transaction, so that the server itself refuses a write, and at one moment
 * (`repeatable read`), so that what one snapshot reads fits together. A snapshot is to be short: while it is open the
 * other database cannot clean up behind its own writers.
 */
import type pg from 'pg';
import { createPool } from './pool.ts';

/** Runs statements of a snapshot; answers the rows as plain objects. */
export interface ForeignRows {
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
}

/** An open foreign database. */
export interface ForeignDatabase {
  /** Reads at one moment, in UTC; rejects with the driver's error, whose `code` is a SQLSTATE or the system's. */
  snapshot<T>(read: (at: ForeignRows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Counting a large table takes minutes. */
const statementTimeoutMs = 600_000;

/** Opens a foreign database; the first snapshot connects. */
export function openForeignDatabase(options: { url: string; name: string }): ForeignDatabase {
  const pool = createPool({ ...options, connectionsMax: 2, statementTimeoutMs });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= pool.end());
  return { snapshot: (read) => readSnapshot(pool, read), close, [Symbol.asyncDispose]: close };
}

async function readSnapshot<T>(pool: pg.Pool, read: (at: ForeignRows) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query("set local timezone to 'UTC'");
    const value = await read({ rows: (text, values) => runRows(client, text, values) });
    await client.query('commit');
    failed = false;
    return value;
  } finally {
    client.release(failed);
  }
}

async function runRows<T extends object>(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  return (await client.query<T>(text, [...values])).rows;
}
