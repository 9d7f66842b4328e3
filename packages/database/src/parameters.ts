import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows as one parameter, for set-based statements: `from ${rowSet(rows, 'id uuid, name text')}`.
 * `columns` is written by us, never by a caller; the values travel as one JSON text.
 */
export function rowSet(rows: readonly object[], columns: string): SQL {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as input(${sql.raw(columns)})`;
}

/** A list of texts as one parameter: `where id = any(${textArray(ids)})`. */
export function textArray(values: readonly string[]): SQL {
  return sql`${sql.param([...values])}::text[]`;
}

/** A list of UUIDs as one parameter. */
export function uuidArray(values: readonly string[]): SQL {
  return sql`${sql.param([...values])}::uuid[]`;
}

/** A value as one `jsonb` parameter. */
export function jsonb(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::jsonb`;
}
