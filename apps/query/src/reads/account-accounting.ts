import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { AccountAccounting } from '../shapes.ts';

type Row = z.infer<typeof AccountAccounting>;

/** How what came through each account ended, by its id: also of accounts that are gone, and `unknown` for what is of none. */
export async function readAccountingByAccount(db: Rows, workspace: string): Promise<Row[]> {
  const counted = (outcome: string) =>
    sql`coalesce(sum(count) filter (where outcome = ${outcome}), 0)::bigint`;
  return db.rows<Row>(sql`
    select account_id as "accountId", ${counted('accepted')} as accepted, ${counted('stored')} as stored,
      ${counted('duplicate')} as duplicate, ${counted('ignored')} as ignored,
      ${counted('dead_lettered')} as "deadLettered"
    from accounting_count where workspace_id = ${workspace} group by account_id order by account_id`);
}
