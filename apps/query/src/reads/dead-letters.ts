import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import type * as z from 'zod';
import { type Page, type TimePosition, toPage } from '../cursor.ts';
import type { DeadLetter } from '../shapes.ts';
import { isReplayable } from './replayable.ts';

type DeadLetterRow = z.infer<typeof DeadLetter>;

/** A page of what was accepted and could not be stored, of one account or (undefined) of all, newest first. */
export async function readDeadLetters(
  db: Rows,
  workspace: string,
  options: { accountId: string | undefined; after: TimePosition | undefined; limit: number },
): Promise<Page<DeadLetterRow>> {
  const isOfAccount = options.accountId === undefined ? sql`true` : sql`l.account_id = ${options.accountId}`;
  const rows = await db.rows<DeadLetterRow>(sql`
    select l.id, l.delivery_id as "deliveryId", l.item_index as "itemIndex", l.account_id as "accountId",
      l.channel, l.provider, l.reason, l.detail, l.created_at as "createdAt",
      ${isReplayable} as replayable
    from dead_letter l
    where l.workspace_id = ${workspace} and ${isOfAccount} and ${isAfter(options.after)}
    order by l.created_at desc nulls last, l.id desc nulls last
    limit ${options.limit + 1}`);
  return toPage(rows, options.limit, (row) => ({ at: row.createdAt, id: row.id }));
}

function isAfter(after: TimePosition | undefined): SQL {
  if (after === undefined) return sql`true`;
  return sql`(l.created_at, l.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}
