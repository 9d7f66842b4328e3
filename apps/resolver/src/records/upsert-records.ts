/*
 * Records as the CRM sends them: written as a set, and the participants that hold a changed identifier resolved in
 * the same transaction. The cost follows the identifiers that changed, never the number of participants there are;
 * a change that touches no identifier resolves nobody.
 *
 * A record that was merged into another stays merged: its fields go on feeding what it was merged into. A deleted one
 * is there again, and so are the people whom it holds.
 */
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { refreshRecordSearch } from '../search/record-words.ts';
import { syncGained } from '../sync/request-sync.ts';
import {
  type KnownRecord,
  participantsConcernedBy,
  participantsSpokenOf,
  readKnownRecords,
} from './known-records.ts';
import { type Pipeline, readAsOf, readPipeline } from './pipeline.ts';
import { readRecord } from './read-record.ts';
import { writeReadings } from './write-identifiers.ts';

/** A record as the CRM sends it. */
export interface RecordInput {
  recordId: string;
  /** Left out, the title that is known stays. */
  title?: string | undefined;
  fields: Record<string, unknown>;
  /** The country of its phone numbers (alpha-2) where it is not its pipeline's; left out, what is known stays. */
  defaultCountry?: string | null | undefined;
}

/** Writes the records, and answers how many participants each of them gained. */
export async function upsertRecords(
  tx: Tx,
  input: { pipeline: string; records: readonly RecordInput[] },
  options: { at: string; actor: string },
): Promise<Map<string, number>> {
  const pipeline = await readPipeline(tx, input.pipeline);
  // The last one wins where a list names a record twice, as it would one after the other.
  const records = [...new Map(input.records.map((record) => [record.recordId, record])).values()];
  const recordIds = records.map(({ recordId }) => recordId);
  const known = await readKnownRecords(tx, recordIds);
  const written = records
    .map((record) => ({ record, known: known.get(record.recordId) }))
    .map(withReading(pipeline));
  await writeRecords(tx, pipeline, written);
  const changed = await writeReadings(
    tx,
    written.map(({ reading }) => reading),
    options.at,
  );
  await refreshRecordSearch(
    tx,
    written.flatMap(({ reading }) => [reading.recordId, reading.holder]),
  );
  const affected = [
    ...(await participantsHolding(tx, [...changed.lost, ...changed.gained])),
    ...(await participantsConcernedBy(tx, revivedAmong(known))),
    ...(await participantsSpokenOf(
      tx,
      recordIds.filter((id) => !known.has(id)),
    )),
  ];
  const changes = await resolveParticipants(tx, [...new Set(affected)], {
    reason: 'record_changed',
    ...options,
  });
  await syncGained(tx, changed.gained, options);
  await writeFacts(
    tx,
    recordIds.map((recordId) => ({ type: 'record.upserted', data: { recordId } })),
    options.at,
  );
  return countLinked(
    written.map(({ reading }) => reading),
    changes,
  );
}

interface WrittenRecord {
  record: RecordInput;
  defaultCountry: string | null;
  reading: ReturnType<typeof readRecord>;
}

const withReading =
  (pipeline: Pipeline) =>
  ({ record, known }: { record: RecordInput; known: KnownRecord | undefined }): WrittenRecord => {
    const { recordId, fields } = record;
    const title = record.title ?? known?.title ?? null;
    const defaultCountry =
      record.defaultCountry === undefined ? (known?.defaultCountry ?? null) : record.defaultCountry;
    const holder = known?.holder ?? recordId;
    return {
      record,
      defaultCountry,
      reading: readRecord({ recordId, holder, title, fields, defaultCountry }, pipeline),
    };
  };

async function writeRecords(tx: Tx, pipeline: Pipeline, written: readonly WrittenRecord[]): Promise<void> {
  const rows = written.map(({ record, defaultCountry, reading }) => ({
    record_id: record.recordId,
    title: record.title ?? null,
    fields: record.fields,
    unreadable: reading.unreadable,
    default_country: defaultCountry,
  }));
  const columns = 'record_id text, title text, fields jsonb, unreadable jsonb, default_country text';
  await tx.rows(sql`
    insert into record (workspace_id, record_id, pipeline, title, fields, unreadable, default_country, read_as)
    select ${tx.workspace}, record_id, ${pipeline.pipeline}, title, fields, unreadable, default_country,
      ${readAsOf(pipeline)}
    from ${rowSet(rows, columns)}
    on conflict (workspace_id, record_id) do update
      set pipeline = excluded.pipeline, title = coalesce(excluded.title, record.title), fields = excluded.fields,
        unreadable = excluded.unreadable, default_country = excluded.default_country, read_as = excluded.read_as,
        updated_at = now(), deleted_at = case when record.merged_into is null then null else record.deleted_at end`);
}

/** Records that were deleted, and by being written are there again. A merged record is gone for good. */
function revivedAmong(known: ReadonlyMap<string, KnownRecord>): string[] {
  return [...known.values()].flatMap(({ recordId, deleted, holder }) =>
    deleted && holder === recordId ? [recordId] : [],
  );
}

/** What each record gained; of what several feed, the first of them names it. */
function countLinked(
  records: readonly { recordId: string; holder: string }[],
  changes: readonly { before: { recordId: string | null }; after: { recordId: string | null } }[],
): Map<string, number> {
  const counts = new Map(records.map(({ recordId }) => [recordId, 0]));
  const namedBy = new Map(records.toReversed().map(({ recordId, holder }) => [holder, recordId]));
  for (const { before, after } of changes) {
    if (after.recordId === null || after.recordId === before.recordId) continue;
    const recordId = namedBy.get(after.recordId);
    if (recordId !== undefined) counts.set(recordId, (counts.get(recordId) ?? 0) + 1);
  }
  return counts;
}
