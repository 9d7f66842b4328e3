/*
 * Reads records again whose pipeline, or this program, reads fields in another way than when they were written.
 *
 * Chunk by chunk, each in a transaction of its own that looks up the pipeline anew, so that it can die and go on at
 * any point, run beside others, and meet a pipeline that changes meanwhile: whoever comes last reads by what is
 * written. Fields stay as they are; only what is made of them changes.
 */
import { type Database, isRetryable, rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { refreshRecordSearch } from '../search/record-words.ts';
import { readKnownRecords } from './known-records.ts';
import { type Pipeline, readAsOf, readPipeline } from './pipeline.ts';
import { readRecord } from './read-record.ts';
import { writeReadings } from './write-identifiers.ts';

/** Who rereads, by which clock; `onChunk` hears of each committed chunk. */
export interface Reread {
  actor: string;
  now(): Date;
  onChunk?(): void;
  signal?: AbortSignal;
  /** Hears of a pipeline that cannot be reread, for a reason that waiting does not cure. */
  onFailure?(err: unknown, pipeline: { workspace: string; pipeline: string }): void;
}

const chunkMax = 500;
/** What a chunk's fields may take in memory (characters of JSON). */
const chunkCharsMax = 8_000_000;

/** Rereads the stale records of one pipeline, and answers how many there were. */
export async function rereadPipeline(
  db: Database,
  pipeline: { workspace: string; pipeline: string },
  reread: Reread,
): Promise<number> {
  for (let count = 0; ;) {
    if (reread.signal?.aborted === true) return count;
    const at = reread.now().toISOString();
    const done = await db.write(pipeline.workspace, (tx) =>
      rereadChunk(tx, pipeline.pipeline, { at, actor: reread.actor }),
    );
    if (done === 0) return count;
    count += done;
    reread.onChunk?.();
  }
}

/**
 * Rereads every stale record of every workspace, and answers how many there were. A pipeline that fails for good
 * does not keep the others from it.
 */
export async function rereadStaleRecords(db: Database, reread: Reread): Promise<number> {
  let count = 0;
  for (const pipeline of await findStalePipelines(db)) {
    try {
      count += await rereadPipeline(db, pipeline, reread);
    } catch (err) {
      if (isRetryable(err)) throw err;
      reread.onFailure?.(err, pipeline);
    }
  }
  return count;
}

/** Pipelines that have a record which is read in another way now: a look at an index for each. */
async function findStalePipelines(db: Database): Promise<{ workspace: string; pipeline: string }[]> {
  const pipelines = await db.rows<Pipeline & { workspace: string }>(sql`
    select workspace_id as workspace, pipeline, fields, default_country as "defaultCountry" from pipeline`);
  const current = pipelines.map((found) => ({
    workspace: found.workspace,
    pipeline: found.pipeline,
    read_as: readAsOf(found),
  }));
  const ofPipeline = sql`select 1 from record
    where workspace_id = input.workspace and pipeline = input.pipeline and read_as`;
  return db.rows(sql`
    select input.workspace, input.pipeline
    from ${rowSet(current, 'workspace text, pipeline text, read_as text')}
    cross join lateral (
      (${ofPipeline} is null order by read_as limit 1)
      union all (${ofPipeline} < input.read_as order by read_as limit 1)
      union all (${ofPipeline} > input.read_as order by read_as limit 1)
      limit 1) stale
    order by 1, 2`);
}

async function rereadChunk(tx: Tx, name: string, options: { at: string; actor: string }): Promise<number> {
  const pipeline = await readPipeline(tx, name);
  const readAs = readAsOf(pipeline);
  const stale = await readStale(tx, name, readAs);
  if (stale.length === 0) return 0;
  const known = await readKnownRecords(
    tx,
    stale.map(({ recordId }) => recordId),
  );
  const readings = stale.map(({ recordId, fields }) => {
    const { title = null, defaultCountry = null, holder = recordId } = known.get(recordId) ?? {};
    return readRecord({ recordId, fields, title, defaultCountry, holder }, pipeline);
  });
  await writeRead(tx, readings, readAs);
  const changed = await writeReadings(tx, readings, options.at);
  await refreshRecordSearch(
    tx,
    readings.map(({ holder }) => holder),
  );
  const affected = await participantsHolding(tx, [...changed.lost, ...changed.gained]);
  await resolveParticipants(tx, affected, { reason: 'record_changed', ...options });
  return stale.length;
}

interface StaleRecord {
  recordId: string;
  fields: Record<string, unknown>;
}

/**
 * Three ranges of one index, each read no further than a chunk: "another than" is none that an index could serve.
 * The order keeps Postgres on the index: it takes for granted that a range holds rows, and would look for one anywhere.
 */
async function readStale(tx: Tx, pipeline: string, readAs: string): Promise<StaleRecord[]> {
  const ofPipeline = sql`select record_id, fields from record
    where workspace_id = ${tx.workspace} and pipeline = ${pipeline}`;
  return tx.rows<StaleRecord>(sql`
    with stale as materialized (
      (${ofPipeline} and read_as is null order by read_as limit ${chunkMax})
      union all (${ofPipeline} and read_as < ${readAs} order by read_as limit ${chunkMax})
      union all (${ofPipeline} and read_as > ${readAs} order by read_as limit ${chunkMax})
      limit ${chunkMax}),
    sized as (
      select record_id, fields, length(fields::text) as chars,
        sum(length(fields::text)) over (order by record_id) as chars_so_far from stale)
    select record_id as "recordId", fields from sized
    where chars_so_far - chars < ${chunkCharsMax} order by record_id`);
}

async function writeRead(
  tx: Tx,
  readings: readonly { recordId: string; unreadable: object[] }[],
  readAs: string,
): Promise<void> {
  const rows = readings.map(({ recordId, unreadable }) => ({ record_id: recordId, unreadable }));
  await tx.rows(sql`
    update record r set unreadable = input.unreadable, read_as = ${readAs}
    from ${rowSet(rows, 'record_id text, unreadable jsonb')}
    where r.workspace_id = ${tx.workspace} and r.record_id = input.record_id`);
}
