import { type SQL, sql } from 'drizzle-orm';
import type { Rows } from '../database.ts';

/**
 * Loads tables without their indexes, keys and triggers, and makes them again afterwards: sorting once is many times
 * faster than inserting in order. What the triggers keep is for the caller to make.
 */
export async function withoutIndexes(
  db: Rows,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const names = sql.join(
    tables.map((table) => sql`${table}::regclass`),
    sql`, `,
  );
  const keys = await db.rows<{ drop: string; make: string }>(sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where conrelid in (${names}) and contype = 'p'`);
  const indexes = await db.rows<{ drop: string; make: string }>(sql`
    select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as make
    from pg_index where indrelid in (${names}) and not indisprimary`);
  const triggers = (state: string) => tables.map((table) => `alter table ${table} ${state} trigger user`);
  await runAll(db, [...triggers('disable'), ...[...indexes, ...keys].map(({ drop }) => drop)]);
  await load();
  await runAll(db, [...[...keys, ...indexes].map(({ make }) => make), ...triggers('enable')]);
}

/** Statements of ours, one after another. */
async function runAll(db: Rows, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.rows(raw(statement));
}

const raw = (statement: string): SQL => sql.raw(statement);
