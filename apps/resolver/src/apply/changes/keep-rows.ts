/*
 * Keeps the best of what a batch says in a table of places: one statement reads them, one writes those that change.
 * One writer per workspace makes that sound.
 */
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Said } from '../lay-out.ts';
import { keepBest, type Precedence, type Saying } from './keep-best.ts';

/** A table of places: the columns that name one, those that hold its value, and what is kept in it. */
export interface PlaceTable<Row> extends Precedence<Row> {
  table: string;
  /** With their types: `{ message_id: 'uuid' }`. */
  place: Readonly<Partial<Record<keyof Row & string, string>>>;
  value: Readonly<Partial<Record<keyof Row & string, string>>>;
}

/** Writes what is best now, and answers the items that told something new. Does nothing for a batch without any. */
export async function keepRows<Row extends object>(
  tx: Tx,
  table: PlaceTable<Row>,
  sayings: readonly Saying<Row>[],
): Promise<ReadonlySet<Said>> {
  if (sayings.length === 0) return new Set();
  const stored = await readRows(tx, table, sayings);
  const { changed, news } = keepBest(sayings, stored, { ...table, placeOf: (row) => placeOf(table, row) });
  if (changed.length > 0) await writeRows(tx, table, changed);
  return news;
}

const namesOf = (columns: object): string[] => Object.keys(columns);
const typed = (columns: object): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');

const placeOf = <Row extends object>({ place }: PlaceTable<Row>, row: Row): string =>
  namesOf(place)
    .map((name) => String(row[name as keyof Row]))
    .join('\u0000');

async function readRows<Row extends object>(
  tx: Tx,
  table: PlaceTable<Row>,
  sayings: readonly Saying<Row>[],
): Promise<Map<string, Row>> {
  const names = namesOf(table.place);
  const places = new Map(sayings.map(({ row }) => [placeOf(table, row), row]));
  const columns = [...names, ...namesOf(table.value)].map((name) => `t.${name}`).join(', ');
  const isPlace = names.map((name) => `t.${name} = input.${name}`).join(' and ');
  const rows = await tx.rows<Row>(sql`
    select ${sql.raw(columns)} from ${rowSet([...places.values()], typed(table.place))}
    join ${sql.raw(table.table)} t on t.workspace_id = ${tx.workspace} and ${sql.raw(isPlace)}`);
  return new Map(rows.map((row) => [placeOf(table, row), row]));
}

async function writeRows<Row extends object>(
  tx: Tx,
  table: PlaceTable<Row>,
  rows: readonly Row[],
): Promise<void> {
  const all = { ...table.place, ...table.value };
  const columns = sql.raw(namesOf(all).join(', '));
  const place = sql.raw(namesOf(table.place).join(', '));
  const changes = sql.raw(
    namesOf(table.value)
      .map((name) => `${name} = excluded.${name}`)
      .join(', '),
  );
  await tx.rows(sql`
    insert into ${sql.raw(table.table)} (workspace_id, ${columns})
    select ${tx.workspace}, ${columns} from ${rowSet(rows, typed(all))}
    on conflict (workspace_id, ${place}) do update set ${changes}`);
}
