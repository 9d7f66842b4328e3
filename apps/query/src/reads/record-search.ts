/*
 * Records, newest activity first and those without any last; all of them, or those that a text finds.
 *
 * A later page is up to three exact ranges of `record_activity_idx`: the rest of the cursor's own instant, what is
 * older, and what has no activity. One condition with OR would read the list from its beginning each time.
 */
import type { RecordSummary } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type RecordPosition, toPage } from '../cursor.ts';
import { containing } from './containing.ts';
import { identifiersOf } from './record.ts';

/** Finds records by their exact id, a part of their title, or a part of an identifier. */
export async function searchRecords(
  db: Rows,
  workspace: string,
  options: { query: string; after: RecordPosition | undefined; limit: number },
): Promise<Page<RecordSummary>> {
  const ranges = rangesAfter(options.after).map(
    (range) => sql`(
    select r.workspace_id, r.record_id, r.pipeline, r.title, r.last_activity_at from record r
    where r.workspace_id = ${workspace} and r.deleted_at is null and ${range} and ${matches(options.query)}
    ${newestFirst} limit ${options.limit + 1})`,
  );
  const rows = await db.rows<RecordSummary>(sql`
    select r.record_id as "recordId", r.pipeline, r.title, r.last_activity_at as "lastActivityAt",
      ${identifiersOf(sql`r`)} as identifiers
    from (
      select * from (${sql.join(ranges, sql` union all `)}) r ${newestFirst} limit ${options.limit + 1}
    ) r ${newestFirst}`);
  return toPage(rows, options.limit, (row) => ({ at: row.lastActivityAt, id: row.recordId }));
}

const newestFirst = sql`order by r.last_activity_at desc nulls last, r.record_id`;

function rangesAfter(after: RecordPosition | undefined): SQL[] {
  if (after === undefined) return [sql`true`];
  if (after.at === null) return [sql`r.last_activity_at is null and r.record_id > ${after.id}`];
  return [
    sql`r.last_activity_at = ${after.at}::timestamptz and r.record_id > ${after.id}`,
    sql`r.last_activity_at < ${after.at}::timestamptz`,
    sql`r.last_activity_at is null`,
  ];
}

function matches(query: string): SQL {
  if (query === '') return sql`true`;
  const contained = containing(query);
  return sql`(r.record_id = ${query} or r.title ilike ${contained} or exists (
    select 1 from record_identifier i
    where i.workspace_id = r.workspace_id and i.record_id = r.record_id and i.value ilike ${contained}))`;
}
