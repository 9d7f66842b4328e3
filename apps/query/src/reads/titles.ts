import { type Rows, textArray } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The titles of records, also of deleted ones; null for one that has none. */
export type Titles = ReadonlyMap<string, string | null>;

/** The titles of any number of records with one statement. */
export async function readTitles(
  db: Rows,
  workspace: string,
  recordIds: readonly (string | null)[],
): Promise<Titles> {
  const named = [...new Set(recordIds)].filter((id) => id !== null);
  if (named.length === 0) return new Map();
  const rows = await db.rows<{ recordId: string; title: string | null }>(sql`
    select r.record_id as "recordId", r.title from record r
    where r.workspace_id = ${workspace} and r.record_id = any(${textArray(named)})`);
  return new Map(rows.map(({ recordId, title }) => [recordId, title]));
}
