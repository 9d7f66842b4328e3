/*
 * Makes again what follows from other rows, though it should never be needed: the read model of records, how many
 * messages each day has, and the words that are searched. It goes in steps, a transaction each, and a call does as many as fit into its time; where it goes
 * on is in its answer. A call that was cut short, by whatever, is simply repeated.
 */
import { KithError } from '@kith/contracts';
import { type Database, rebuildMessageDays, rebuildRecordReads, type Rows, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { rebuildSearch, searchKinds } from '../search/rebuild-search.ts';

/** A place on the way: what is done of the read model up to a record, the days all at once, or of the words up to a row. */
export const RebuildPosition = z.object({
  step: z.enum(['lists', 'days', ...searchKinds]),
  after: z.string(),
});
export type RebuildPosition = z.infer<typeof RebuildPosition>;

/** What to make again: the read model of one record, or everything after a place. */
export interface RebuildRequest {
  workspace: string;
  recordId?: string | undefined;
  from?: RebuildPosition | undefined;
}

/** How many rows of records, days, participants and messages were gone through; `next` is null at the end. */
export interface Rebuilt {
  rows: number;
  next: RebuildPosition | null;
}

/** About as many messages are written by one transaction, so that others do not wait long; a record is never parted. */
const messagesPerChunk = 20_000;
const recordsPerChunk = 200;

/** Works for about `workMs`, at least one step. Throws `record_not_found`. */
export async function rebuild(
  db: Database,
  { workspace, recordId, from }: RebuildRequest,
  { workMs }: { workMs: number },
): Promise<Rebuilt> {
  const began = performance.now();
  if (recordId !== undefined) {
    await db.write(workspace, (tx) => rebuildRecord(tx, recordId));
    return { rows: 1, next: null };
  }
  let next: RebuildPosition | null = from ?? { step: 'lists', after: '' };
  let rows = 0;
  while (next !== null && (rows === 0 || performance.now() - began < workMs)) {
    const done: Rebuilt = await rebuildStep(db, workspace, next);
    rows += done.rows;
    next = done.next;
  }
  return { rows, next };
}

async function rebuildRecord(tx: Tx, recordId: string): Promise<void> {
  const known = await tx.rows(sql`
    select 1 from record where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (known.length === 0) {
    throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
  }
  await rebuildRecordReads(tx, [recordId]);
}

async function rebuildStep(
  db: Database,
  workspace: string,
  { step, after }: RebuildPosition,
): Promise<Rebuilt> {
  if (step === 'lists') return rebuildLists(db, workspace, after);
  if (step === 'days') {
    const { days } = await db.write(workspace, (tx) => rebuildMessageDays(tx, workspace));
    return { rows: days, next: { step: searchKinds[0], after: '' } };
  }
  const { count, next } = await rebuildSearch(db, workspace, { after: { kind: step, after } });
  return { rows: count, next: next === null ? null : { step: next.kind, after: next.after } };
}

async function rebuildLists(db: Database, workspace: string, after: string): Promise<Rebuilt> {
  const recordIds = await readChunk(db, workspace, after);
  const last = recordIds.at(-1);
  if (last === undefined) return { rows: 0, next: { step: 'days', after: '' } };
  await db.write(workspace, (tx) => rebuildRecordReads(tx, recordIds));
  return { rows: recordIds.length, next: { step: 'lists', after: last } };
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
