import { sql } from 'drizzle-orm';
import type { Rows } from './database.ts';

/**
 * Counts the messages of each day of a workspace again: for a database that was restored in parts, loaded with triggers
 * off, or is doubted. It reads every message, and writes the days in the order in which they are
 * read.
 */
export async function rebuildMessageDays(db: Rows, workspace: string): Promise<{ days: number }> {
  await db.rows(sql`delete from message_day where workspace_id = ${workspace}`);
  const rows = await db.rows(sql`
    insert into message_day (workspace_id, day, channel, count)
    select workspace_id, (sent_at at time zone 'UTC')::date, channel, count(*) from message
    where workspace_id = ${workspace} group by 1, 2, 3 order by 1, 2, 3 returning day`);
  return { days: rows.length };
}
