import { type Rows, textArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

/** Every column that names a blob. */
export const blobColumns = [
  { table: 'message', column: 'raw_blob' },
  { table: 'message', column: 'html_blob' },
  { table: 'attachment', column: 'blob_key' },
  { table: 'media', column: 'blob_key' },
  { table: 'dead_letter', column: 'raw_blob' },
] as const;

/** Those of the keys that some row of the workspace names. */
export async function namedBlobs(
  db: Rows,
  workspace: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ key: string }>(sql`
    select key from unnest(${textArray(keys)}) as input(key)
    where ${sql.join(blobColumns.map(isNamedBy(workspace)), sql` or `)}`);
  return new Set(rows.map(({ key }) => key));
}

/** By the end of the key, as the indexes have it. `offset 0` keeps it an index probe of its own. */
const isNamedBy =
  (workspace: string) =>
  ({ table, column }: (typeof blobColumns)[number]): SQL => {
    const named = sql.raw(column);
    return sql`exists (
      select 1 from ${sql.raw(table)} where workspace_id = ${workspace} and ${named} is not null
        and right(${named}, 16) = right(key, 16) and ${named} = key offset 0)`;
  };
