/* Keeps what records are searched by in step with their titles and identifiers; a deleted record is not found. */
import { rowSet, textArray, type Tx } from '@kith/database';
import { nameVector } from '@kith/search';
import { sql } from 'drizzle-orm';

/** Writes the words of the records that are there, and removes those of the others. */
export async function refreshRecordSearch(tx: Tx, recordIds: readonly string[]): Promise<void> {
  const ids = [...new Set(recordIds)];
  if (ids.length === 0) return;
  const records = await tx.rows<{ id: string; names: string[] }>(sql`
    select r.record_id as id, array_remove(array_prepend(r.title, array(
      select distinct i.value from record_identifier i
      where i.workspace_id = r.workspace_id and i.record_id = r.record_id)), null) as names
    from record r
    where r.workspace_id = ${tx.workspace} and r.record_id = any(${textArray(ids)}) and r.deleted_at is null`);
  const rows = records.map(({ id, names }) => ({ id, words: nameVector(tx.workspace, names) }));
  if (rows.length > 0) {
    await tx.rows(sql`
      insert into record_search (workspace_id, record_id, words)
      select ${tx.workspace}, id, words::tsvector from ${rowSet(rows, 'id text, words text')}
      on conflict (workspace_id, record_id) do update set words = excluded.words
        where record_search.words <> excluded.words`);
  }
  if (rows.length === ids.length) return;
  await tx.rows(sql`
    delete from record_search s
    where s.workspace_id = ${tx.workspace} and s.record_id = any(${textArray(ids)})
      and s.record_id <> all(${textArray(rows.map(({ id }) => id))})`);
}
