/*
 * The old system, open for reading. Whatever goes wrong on the way to it is told in one line, with what to do.
 */
import { type ForeignDatabase, type ForeignRows, openForeignDatabase } from '@kith/database';
import { CliFailure } from '../failure.ts';
import { type MappedTable, type Mapping } from './mapping.ts';
import { findOldTables, type OldTable, type OldTables, quoted } from './old-tables.ts';

/** Reads of one moment. */
export interface OldReader extends ForeignRows {
  /** The table, to stand in a statement. */
  table(key: MappedTable): string;
  has(key: MappedTable): boolean;
  /** A column, to stand in a statement: `column('m', 'messages.id')`; null where there is none. */
  column(alias: string, path: string): string;
  /** A column's type, for casts of values that are sent. */
  type(path: string): string;
}

/** An open old system. */
export interface OldSystem extends AsyncDisposable {
  /** Its name in ids. */
  source: string;
  mapping: Mapping;
  read<T>(act: (at: OldReader) => Promise<T>): Promise<T>;
}

/** Connects, and finds the tables. */
export async function openOldSystem(url: string, mapping: Mapping): Promise<OldSystem> {
  const database = openDatabaseAt(url);
  const close = (): Promise<void> => database.close();
  try {
    const { tables, name } = await database.snapshot(async (at) => ({
      tables: await findOldTables(at, mapping),
      name: (await at.rows<{ name: string }>('select current_database()::text as name'))[0]?.name ?? '',
    }));
    return {
      source: mapping.source ?? sourceName(name),
      mapping,
      read: (act) =>
        explained(() => database.snapshot((at) => act({ ...at, ...statementParts(mapping, tables) }))),
      [Symbol.asyncDispose]: close,
    };
  } catch (err) {
    await close();
    throw explain(err);
  }
}

/** Letters that ids and file names may have. */
const sourceName = (database: string): string =>
  database
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 41) || 'legacy';

function openDatabaseAt(url: string): ForeignDatabase {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CliFailure(
      '--from: give the URL of the old database, as postgres://user:password@host:5432/name.',
    );
  }
  return openForeignDatabase({ url, name: 'kith-migrate' });
}

function statementParts(mapping: Mapping, tables: OldTables): Omit<OldReader, 'rows'> {
  const find = (key: MappedTable): OldTable => {
    const found = tables[key];
    if (found === undefined) throw new Error(`the old system has no ${key}`);
    return found;
  };
  const columnOf = (path: string): string | null => {
    const [table = '', key = ''] = path.split('.');
    const group: Readonly<Record<string, string | null>> = mapping[table as MappedTable];
    return group[key] ?? null;
  };
  return {
    table: (key) => find(key).name,
    has: (key) => tables[key] !== undefined,
    column: (alias, path) => {
      const name = columnOf(path);
      return name === null ? 'null' : `${alias}.${quoted(name)}`;
    },
    type: (path) => find(path.split('.')[0] as MappedTable).types.get(path.split('.')[1] ?? '') ?? 'text',
  };
}

async function explained<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (err) {
    throw explain(err);
  }
}

const remedies: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: is it running, and are host and port right?',
  ENOTFOUND: 'there is no such host.',
  EAI_AGAIN: 'the host cannot be looked up now.',
  ETIMEDOUT: 'it does not answer: does a firewall stand between?',
  ECONNRESET: 'the connection broke off: run the same command again.',
  '28P01': 'the password is wrong.',
  '28000': 'the user may not log in from here: see pg_hba.conf.',
  '3D000': 'there is no database of that name.',
  '42501': 'no permission to read: grant select on the tables, and usage on their schema.',
  '57014': 'a statement took longer than ten minutes.',
};

/** The sentence for an error of the driver; what is none of its errors stays as it is. */
function explain(err: unknown): unknown {
  if (!(err instanceof Error) || err instanceof CliFailure) return err;
  const { code } = err as { code?: unknown };
  const remedy = typeof code === 'string' ? remedies[code] : undefined;
  if (remedy !== undefined) return new CliFailure(`The old database (--from): ${remedy}`, { cause: err });
  const isOfDriver = typeof code === 'string' || /connection|timeout/i.test(err.message);
  if (!isOfDriver) return err;
  return new CliFailure(`The old database (--from) cannot be read: ${err.message}`, { cause: err });
}
