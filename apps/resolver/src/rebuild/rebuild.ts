/*
 * Makes again what follows from other rows, though it should never be needed: the read model of records. It goes record
 * by record in the order of their ids, a transaction for each few, and a call does as many as fit into its time; where
 * it goes on is in its answer. A call that was cut short, by whatever, is simply repeated.
 */
import { type Database, rebuildRecordReads, type Rows } from '@kith/database';
import { sql } from 'drizzle-orm';

/** What to make again: a record's, or everything after a place. */
export interface RebuildRequest {
  workspace: string;
  recordId?: string | undefined;
  after?: string | undefined;
}

/** How many records were made again; `next` is the place to go on from, null at the end. */
export interface Rebuilt {
  records: number;
  next: string | null;
}

/** About as many messages are written by one transaction, so that others do not wait long; a record is never parted. */
const messagesPerChunk = 20_000;
const recordsPerChunk = 200;

/** Works for about `workMs`. */
export async function rebuild(
  db: Database,
  { workspace, recordId, after }: RebuildRequest,
  { workMs }: { workMs: number },
): Promise<Rebuilt> {
  const began = performance.now();
  if (recordId !== undefined) {
    await db.write(workspace, (tx) => rebuildRecordReads(tx, [recordId]));
    return { records: 1, next: null };
  }
  let records = 0;
  for (let next = after ?? ''; ;) {
    const chunk = await readChunk(db, workspace, next);
    const last = chunk.at(-1);
    if (last === undefined) return { records, next: null };
    await db.write(workspace, (tx) => rebuildRecordReads(tx, chunk));
    records += chunk.length;
    next = last;
    if (performance.now() - began > workMs) return { records, next };
  }
}

/** Records after a place, also those that are known to the read model alone. */
async function readChunk(db: Rows, workspace: string, after: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select id from (
      select id, sum(messages) over (order by id) - messages as before from (
        select known.id, (
          select coalesce(sum(message_count), 0) from record_channel counted
          where counted.workspace_id = ${workspace} and counted.record_id = known.id) as messages
        from (
          (select record_id as id from record where workspace_id = ${workspace} and record_id > ${after}
            order by record_id limit ${recordsPerChunk})
          union
          (select distinct record_id from record_channel where workspace_id = ${workspace} and record_id > ${after}
            order by record_id limit ${recordsPerChunk})
        ) known order by id limit ${recordsPerChunk}) each) summed
    where before < ${messagesPerChunk} order by id`);
  return rows.map(({ id }) => id);
}
