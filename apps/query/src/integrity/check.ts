/*
 * What a check is: an invariant as a condition that breaks it, over one kind of row.
 *
 * Checks are grouped by what they look at. A walk goes through those rows in the order of their ids, a bounded number
 * at a time, everywhere in a workspace or only behind one record, and asks each of its checks about the same ids. Each
 * question is one statement, so it sees what is between two transactions of the resolver and never half of one: what
 * flows meanwhile raises no false alarm. Every look-up in a condition is a probe of an index.
 */
import { sql, type SQL } from 'drizzle-orm';

/** One invariant. */
export interface Check {
  name: string;
  /** What holds, in a sentence. */
  means: string;
  /** What a person should do where it does not. */
  todo: string;
  /** True of a row of the walk that breaks it. */
  broken: SQL;
}

/** Where is looked: a whole workspace, or what is behind one record. */
export interface Everywhere {
  workspace: string;
}
export interface BehindRecord extends Everywhere {
  recordId: string;
}

/** A way through the rows of a walk. */
export interface Path<Scope> {
  /** A select of the `id`s to step through, in any order and with repeats. */
  steps(scope: Scope): SQL;
  /** What stands behind `from` to have the rows of some steps, with the beginning of a condition. */
  rows(scope: Scope, ids: SQL): SQL;
}

/** Checks of one kind of row. */
export interface Walk {
  name: string;
  /** What the ids of its violations are. */
  of: string;
  steps: 'uuid' | 'text' | 'bigint';
  /** The id of a row, in the words of `rows`. */
  id: SQL;
  everywhere: Path<Everywhere>;
  /** Null where nothing of it is behind a record alone. */
  ofRecord: Path<BehindRecord> | null;
  checks: readonly Check[];
}

/** A walk over a table whose rows have an id of their own; `alias` is what its checks call a row. */
export function tableWalk(
  table: { name: string; alias: string; id: string },
  rest: Pick<Walk, 'name' | 'steps' | 'checks'> & { ofRecord: ((scope: BehindRecord) => SQL) | null },
): Walk {
  const [name, alias] = [sql.raw(table.name), sql.raw(table.alias)];
  const id = sql.raw(`${table.alias}.${table.id}`);
  const rows = ({ workspace }: Everywhere, ids: SQL) =>
    sql`${name} ${alias} where ${alias}.workspace_id = ${workspace} and ${id} = any(${ids})`;
  return {
    ...rest,
    of: rest.name,
    id,
    everywhere: {
      steps: ({ workspace }) =>
        sql`select ${id} as id from ${name} ${alias} where ${alias}.workspace_id = ${workspace}`,
      rows,
    },
    ofRecord: rest.ofRecord === null ? null : { steps: rest.ofRecord, rows },
  };
}

/** What to do about that which only a fault of Kith can bring about. */
export const report =
  'keep the data as it is and report it with the output of "kith verify --json": only a fault of Kith does this';

/** What to do about a link that is not what the rule says. */
export const decide =
  'look at it with participants.explain and say who it is with participants.link or participants.unlink: a person’s ' +
  'word stands. Then report it with the output of "kith verify --json"';

/** What to do about lists and words for search that do not follow from what they are made of. */
export const rebuild =
  'make it again with "kith rebuild", and report it with the output of "kith verify --json"';

/** Where an update has still to write words, none are missed. */
export const isFilled = (
  kind: 'messages' | 'records' | 'participants',
  row: 'm' | 'r' | 'p',
): SQL => sql`not exists (
  select 1 from search_todo t where t.workspace_id = ${sql.raw(row)}.workspace_id and t.kind = ${kind})`;
