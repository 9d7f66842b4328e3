/*
 * What is asked of Postgres about other statements: to cancel one, and how it would run one. It has connections of its
 * own, opened when they are needed, because the others are all busy just when this matters.
 */
import type { CancelBackend } from './cancellation.ts';
import { createPool, type PoolOptions } from './pool.ts';

/** A second way to the same server. */
export interface Control {
  cancelBackend: CancelBackend;
  /**
   * The plan that Postgres makes for a text with `$1` in place of its values, without running it; null for one without
   * any. Rejects on a server before version 16.
   */
  explain(text: string): Promise<unknown>;
  close(): Promise<void>;
}

interface Plan {
  'QUERY PLAN': unknown;
}

const statementTimeoutMs = 2_000;

/** Opens no connection yet. */
export function createControl(options: PoolOptions): Control {
  const pool = createPool({
    ...options,
    name: `${options.name}-control`,
    connectionsMax: 2,
    statementTimeoutMs,
  });
  return {
    cancelBackend: (pid) => pool.query('select pg_cancel_backend($1)', [pid]),
    explain: async (text) => {
      // What ran with values was one statement, so nothing stands behind a semicolon; of others that is not known.
      if (!text.includes('$1')) return null;
      const { rows } = await pool.query<Plan>(`explain (generic_plan, format json) ${text}`);
      return rows[0]?.['QUERY PLAN'] ?? null;
    },
    close: () => pool.end(),
  };
}
