import type { Tx } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

/** How many rows of each table went. */
export type Counts = Map<string, number>;

/** A transaction that removes rows, and how many went so far in it. */
export interface Removal {
  tx: Tx;
  counts: Counts;
  /** When it happens, for the facts. */
  at: string;
}

export const beginRemoval = (tx: Tx, at: string): Removal => ({ tx, counts: new Map(), at });

/** Removes the workspace's rows `t` of a table that fit; answers how many went. */
export async function remove(removal: Removal, table: string, where: SQL): Promise<number> {
  const { tx } = removal;
  const [gone] = await tx.rows<{ count: number }>(sql`
    with gone as (
      delete from ${sql.raw(table)} t where t.workspace_id = ${tx.workspace} and ${where} returning 1)
    select count(*)::int as count from gone`);
  return addCount(removal.counts, table, gone?.count ?? 0);
}

/** Removes some of them, so that no transaction grows without bound; 0 when none is left. */
export function removeSome(removal: Removal, table: string, where: SQL): Promise<number> {
  return remove(
    removal,
    table,
    sql`t.ctid = any(array(
      select t.ctid from ${sql.raw(table)} t where t.workspace_id = ${removal.tx.workspace} and ${where}
      limit ${rowsMax}))`,
  );
}

/** Rows of one table in one transaction. */
const rowsMax = 5_000;

/** Adds to the count of a table, and answers what was added. */
export function addCount(counts: Counts, table: string, count: number): number {
  counts.set(table, (counts.get(table) ?? 0) + count);
  return count;
}

/** Adds up what two transactions removed. */
export function addCounts(counts: Counts, more: Counts): void {
  for (const [table, count] of more) addCount(counts, table, count);
}
