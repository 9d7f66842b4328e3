/*
 * Writes the words of what is there already: all of a workspace on demand, and at the start what an earlier version
 * has left without. Slice by slice, each in a transaction of its own that holds up nobody for long; to write what is
 * written costs no more than to look, so it can die and go on anywhere, run beside others, and be repeated.
 */
import { type Database, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { refreshMessageSearch } from './message-words.ts';
import { refreshParticipantSearch } from './participant-words.ts';
import { refreshRecordSearch } from './record-words.ts';

/** What has words, in the order in which it is rebuilt. */
export const searchKinds = ['records', 'participants', 'messages'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** A place on the way: the last row of its kind that is done, empty at the beginning. */
export interface SearchPosition {
  kind: SearchKind;
  after: string;
}

/** How far a rebuilding came. */
export interface Rebuilt {
  /** Rows of this slice, whether their words had to be written or not. */
  count: number;
  /** Where to go on; null when everything is done. */
  next: SearchPosition | null;
}

/** Rows of a slice: some tenths of a second. */
export const rebuiltMax = 500;

const kinds: Record<
  SearchKind,
  { table: string; id: string; type: string; refresh: typeof refreshMessageSearch }
> = {
  records: { table: 'record', id: 'record_id', type: 'text', refresh: refreshRecordSearch },
  participants: { table: 'participant', id: 'id', type: 'uuid', refresh: refreshParticipantSearch },
  messages: { table: 'message', id: 'id', type: 'uuid', refresh: refreshMessageSearch },
};

/** Rebuilds the next slice of a workspace's words; begin without `after`, and go on with `next`. */
export async function rebuildSearch(
  db: Database,
  workspace: string,
  { after, limit = rebuiltMax }: { after?: SearchPosition | undefined; limit?: number },
): Promise<Rebuilt> {
  const at = after ?? { kind: searchKinds[0], after: '' };
  const ids = await db.write(workspace, (tx) => rebuildSlice(tx, at, limit));
  const last = ids.at(-1);
  const isMore = ids.length === limit && last !== undefined;
  return { count: ids.length, next: isMore ? { kind: at.kind, after: last } : following(at.kind) };
}

/** Rebuilds the next rows of a kind after a place, and answers their ids. */
export async function rebuildSlice(
  tx: Tx,
  { kind, after }: SearchPosition,
  limit: number,
): Promise<string[]> {
  const { table, id, type, refresh } = kinds[kind];
  const column = sql.raw(id);
  const isAfter = after === '' ? sql`true` : sql`${column} > ${after}::${sql.raw(type)}`;
  const rows = await tx.rows<{ id: string }>(sql`
    select ${column}::text as id from ${sql.raw(table)}
    where workspace_id = ${tx.workspace} and ${isAfter} order by ${column} limit ${limit}`);
  const ids = rows.map((row) => row.id);
  await refresh(tx, ids);
  return ids;
}

function following(kind: SearchKind): SearchPosition | null {
  const next = searchKinds[searchKinds.indexOf(kind) + 1];
  return next === undefined ? null : { kind: next, after: '' };
}
