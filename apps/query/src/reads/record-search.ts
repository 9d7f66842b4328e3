/*
 * Records, newest activity first and those without any last; all of them, or those that a text finds.
 *
 * A later page is up to three exact ranges of `record_activity_idx`: the rest of the cursor's own instant, what is
 * older, and what has no activity. One condition with OR would read the list from its beginning each time.
 *
 * With a text the next records of the list are looked at first: what many records have is among them. Only when these
 * are too few, all that have it are read from the index of words and sorted.
 */
import type { RecordSummary } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { nameQuery } from '@kith/search';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type RecordPosition, toPage } from '../cursor.ts';
import { identifiersOf } from './record.ts';

/** Finds records by their exact id, and by the beginnings of words in their title and identifiers. */
export async function searchRecords(
  db: Rows,
  workspace: string,
  options: { query: string; after: RecordPosition | undefined; limit: number },
): Promise<Page<RecordSummary>> {
  const { query, after, limit } = options;
  const rowsMax = limit + 1;
  const listed = (max: number) => listAfter(workspace, after, max);
  const read = (chosen: SQL) => db.rows<RecordSummary>(shown(chosen, rowsMax));
  if (query === '') return toRecordPage(await read(listed(rowsMax)), limit);
  const found = nameQuery(workspace, query);
  const near = await read(sql`
    select r.* from (${listed(walkedMax)}) r where r.record_id = ${query} ${orHas(workspace, found)}`);
  if (near.length === rowsMax) return toRecordPage(near, limit);
  const all = await read(sql`
    select r.workspace_id, r.record_id, r.pipeline, r.title, r.last_activity_at
    from (${named(workspace, query, found)}) named
    join record r on r.workspace_id = ${workspace} and r.record_id = named.record_id
    where r.deleted_at is null and (${sql.join(rangesAfter(after), sql` or `)})`);
  return toRecordPage(all, limit);
}

/** Records that are looked at one by one. */
const walkedMax = 2_000;

const toRecordPage = (rows: readonly RecordSummary[], limit: number): Page<RecordSummary> =>
  toPage(rows, limit, (row) => ({ at: row.lastActivityAt, id: row.recordId }));

const newestFirst = sql`order by r.last_activity_at desc nulls last, r.record_id`;

function shown(chosen: SQL, rowsMax: number): SQL {
  return sql`
    select r.record_id as "recordId", r.pipeline, r.title, r.last_activity_at as "lastActivityAt",
      ${identifiersOf(sql`r`)} as identifiers
    from (select * from (${chosen}) r ${newestFirst} limit ${rowsMax}) r ${newestFirst}`;
}

function listAfter(workspace: string, after: RecordPosition | undefined, max: number): SQL {
  const ranges = rangesAfter(after).map(
    (range) => sql`(
    select r.workspace_id, r.record_id, r.pipeline, r.title, r.last_activity_at from record r
    where r.workspace_id = ${workspace} and r.deleted_at is null and ${range}
    ${newestFirst} limit ${max})`,
  );
  return sql`select * from (${sql.join(ranges, sql` union all `)}) r ${newestFirst} limit ${max}`;
}

function rangesAfter(after: RecordPosition | undefined): SQL[] {
  if (after === undefined) return [sql`true`];
  if (after.at === null) return [sql`(r.last_activity_at is null and r.record_id > ${after.id})`];
  return [
    sql`(r.last_activity_at = ${after.at}::timestamptz and r.record_id > ${after.id})`,
    sql`r.last_activity_at < ${after.at}::timestamptz`,
    sql`r.last_activity_at is null`,
  ];
}

/** A text without a word in it may be an id all the same. */
function orHas(workspace: string, found: string | null): SQL {
  if (found === null) return sql``;
  return sql`or exists (
    select 1 from record_search s
    where s.workspace_id = ${workspace} and s.record_id = r.record_id and s.words @@ ${found}::tsquery)`;
}

function named(workspace: string, query: string, found: string | null): SQL {
  const byId = sql`select ${query}::text as record_id`;
  if (found === null) return byId;
  return sql`${byId} union
    select s.record_id from record_search s where s.workspace_id = ${workspace} and s.words @@ ${found}::tsquery`;
}
