/*
 * The old tables as they are: found by the mapping, or every problem at once with the mapping's key to set. After
 * this, statements may name tables and columns without looking whether they are there.
 */
import type { ForeignRows } from '@kith/database';
import { CliFailure } from '../failure.ts';
import { type MappedTable, mappedTables, type Mapping } from './mapping.ts';

/** A table of the old system. */
export interface OldTable {
  /** Quoted, with its schema: to stand in a statement. */
  name: string;
  /** Type of each mapped column, as Postgres writes it, by its key in the mapping. */
  types: ReadonlyMap<string, string>;
}

/** The tables that the old system has. */
export type OldTables = Partial<Record<MappedTable, OldTable>>;

const tableKeys = Object.keys(mappedTables) as MappedTable[];
/** What has to be of one of these types; what is not named here is read as text. */
const typesOf: Record<string, readonly RegExp[]> = {
  'records.data': [/^jsonb?$/],
  'messages.createdAt': [/^timestamp/, /^date$/],
  'messages.sentAt': [/^timestamp/, /^date$/],
  'messages.receivedAt': [/^timestamp/, /^date$/],
  'participants.confidence': [/^(numeric|double|real|integer|smallint|bigint)/],
};
/** Columns that are compared with the key of a table. */
const references: [column: string, key: string][] = [
  ['participants.record', 'records.id'],
  ['conversations.channel', 'channels.id'],
  ['members.conversation', 'conversations.id'],
  ['members.participant', 'participants.id'],
  ['messages.conversation', 'conversations.id'],
  ['messages.sender', 'participants.id'],
  ['links.record', 'records.id'],
  ['links.conversation', 'conversations.id'],
];

/** Finds the tables. Throws with every problem, a line each. */
export async function findOldTables(at: ForeignRows, mapping: Mapping): Promise<OldTables> {
  const tables: OldTables = {};
  const problems: string[] = [];
  for (const key of tableKeys) {
    const found = await findTable(at, mapping, key);
    if (found === null) continue;
    if ('problems' in found) problems.push(...found.problems);
    else tables[key] = found;
  }
  problems.push(...wrongTypes(tables));
  if (problems.length === 0) return tables;
  const how = '"kith migrate legacy --print-mapping > mapping.json" writes a mapping to edit, for --mapping.';
  throw new CliFailure(`The database is not as the mapping says. ${how}\n  ${problems.join('\n  ')}`);
}

/** A name, quoted for a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function findTable(
  at: ForeignRows,
  mapping: Mapping,
  key: MappedTable,
): Promise<OldTable | { problems: string[] } | null> {
  const { table, ...columns } = mapping[key] as { table: string | null } & Record<string, string | null>;
  if (table === null) return null;
  const name = nameOf(mapping.schema, table);
  const [found] = await at.rows<{ oid: number; readable: boolean }>(
    `select c.oid::int8 as oid, has_table_privilege(c.oid, 'select') and has_schema_privilege(c.relnamespace, 'usage')
      as readable from pg_class c where c.oid = to_regclass($1)`,
    [name],
  );
  if (found === undefined) return { problems: [`${key}.table: there is no table ${name}`] };
  if (!found.readable) {
    return { problems: [`${key}.table: no permission to read; run "grant select on ${name} to <user>"`] };
  }
  const rows = await at.rows<{ column: string; type: string }>(
    `select attname as column, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`,
    [found.oid],
  );
  return withColumns(key, { name, columns, types: new Map(rows.map(({ column, type }) => [column, type])) });
}

function nameOf(schema: string, table: string): string {
  const parts = table.includes('.') ? table.split('.') : [schema, table];
  return parts.map(quoted).join('.');
}

function withColumns(
  key: MappedTable,
  found: { name: string; columns: Record<string, string | null>; types: ReadonlyMap<string, string> },
): OldTable | { problems: string[] } {
  const problems: string[] = [];
  const types = new Map<string, string>();
  for (const [column, inTable] of Object.entries(found.columns)) {
    if (inTable === null) continue;
    const type = found.types.get(inTable);
    if (type === undefined) {
      const there = [...found.types.keys()].join(', ');
      problems.push(`${key}.${column}: ${found.name} has no column ${inTable}; there are ${there}`);
    } else types.set(column, type);
  }
  return problems.length > 0 ? { problems } : { name: found.name, types };
}

function wrongTypes(tables: OldTables): string[] {
  const wrong = Object.entries(typesOf).flatMap(([key, allowed]) => {
    const type = typeOf(tables, key);
    if (type === undefined || allowed.some((pattern) => pattern.test(type))) return [];
    return [`${key}: is of the type ${type}, which is not what it should hold`];
  });
  const apart = references.flatMap(([column, key]) => {
    const [one, other] = [typeOf(tables, column), typeOf(tables, key)];
    if (one === undefined || other === undefined || familyOf(one) === familyOf(other)) return [];
    return [`${column}: is of the type ${one} and ${key} of ${other}; they cannot be compared`];
  });
  return [...wrong, ...apart];
}

function typeOf(tables: OldTables, path: string): string | undefined {
  const [table = '', column = ''] = path.split('.');
  return tables[table as MappedTable]?.types.get(column);
}

function familyOf(type: string): string {
  if (/^(smallint|integer|bigint)$/.test(type)) return 'integer';
  return /^(text|character)/.test(type) ? 'text' : type;
}
