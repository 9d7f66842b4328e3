/*
 * Connections to Postgres.
 *
 * `pg` is used because it lives through a restart of the server: a connection that dies while it is in use fails
 * its query and is replaced, where postgres.js 3.4.9 ends the process or hangs (docs/decisions/postgres-driver.md).
 * Every query has a deadline, on the server and on our side, so that nothing waits for ever on a dead peer.
 */
import pg from 'pg';

/** How to reach Postgres, and how long things may take (milliseconds). */
export interface PoolOptions {
  url: string;
  /** Shown in `pg_stat_activity`. */
  name: string;
  connectionsMax?: number;
  statementTimeoutMs?: number;
  /** Hears of connections that died; a query on one fails on its own. */
  onConnectionError?: (err: Error) => void;
}

export const statementTimeoutDefaultMs = 30_000;

const timestamptzOid = 1184;
const bigintOid = 20;

/** Instants arrive as ISO 8601 in UTC, 64-bit counters as numbers (none of ours comes near 2^53). */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === timestamptzOid) return (value: string) => new Date(value).toISOString();
    if (oid === bigintOid) return Number;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** Opens no connection yet: the first query does. */
export function createPool(options: PoolOptions): pg.Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? statementTimeoutDefaultMs;
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.name,
    max: options.connectionsMax ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 5_000,
    lock_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    types,
  });
  const report = options.onConnectionError ?? (() => {});
  pool.on('error', report);
  // A client in use has no listener of the pool's; without one, a dying connection would end the process.
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}
