/*
 * Records as the CRM sends them: written as a set, and the participants that hold a changed identifier resolved in
 * the same transaction. The cost follows the identifiers that changed, never the number of participants there are;
 * a change that touches no identifier resolves nobody.
 */
import type { Identifier } from '@kith/contracts';
import { rowSet, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { extractIdentifiers } from './extract.ts';
import { readPipeline } from './pipeline.ts';

/** A record as the CRM sends it. */
export interface RecordInput {
  recordId: string;
  /** Left out, the title that is known stays. */
  title?: string | undefined;
  fields: Record<string, unknown>;
}

type HeldIdentifier = Identifier & { record_id: string; field: string };

/** Writes the records, and answers how many participants each of them gained. */
export async function upsertRecords(
  tx: Tx,
  input: { pipeline: string; records: readonly RecordInput[] },
  options: { at: string; actor: string },
): Promise<Map<string, number>> {
  const pipeline = await readPipeline(tx, input.pipeline);
  // The last one wins where a list names a record twice, as it would one after the other.
  const records = [...new Map(input.records.map((record) => [record.recordId, record])).values()];
  const extracted = records.map((record) => ({
    record,
    ...extractIdentifiers(record.fields, pipeline.fields),
  }));
  await writeRecords(tx, input.pipeline, extracted);
  const held = extracted.flatMap(({ record, identifiers }) =>
    identifiers.map((found): HeldIdentifier => ({ ...found, record_id: record.recordId })),
  );
  const changed = await replaceIdentifiers(
    tx,
    records.map(({ recordId }) => recordId),
    held,
  );
  const affected = await participantsHolding(tx, changed);
  const changes = await resolveParticipants(tx, affected, { cause: 'record', ...options });
  await writeFacts(
    tx,
    records.map(({ recordId }) => ({ type: 'record.upserted', data: { recordId } })),
    options.at,
  );
  return countLinked(
    records.map(({ recordId }) => recordId),
    changes,
  );
}

async function writeRecords(
  tx: Tx,
  pipeline: string,
  extracted: readonly { record: RecordInput; unreadable: object[] }[],
): Promise<void> {
  const rows = extracted.map(({ record, unreadable }) => ({
    record_id: record.recordId,
    title: record.title ?? null,
    fields: record.fields,
    unreadable,
  }));
  await tx.rows(sql`
    insert into record (workspace_id, record_id, pipeline, title, fields, unreadable)
    select ${tx.workspace}, record_id, ${pipeline}, title, fields, unreadable
    from ${rowSet(rows, 'record_id text, title text, fields jsonb, unreadable jsonb')}
    on conflict (workspace_id, record_id) do update
      set pipeline = excluded.pipeline, title = coalesce(excluded.title, record.title), fields = excluded.fields,
        unreadable = excluded.unreadable, updated_at = now(), deleted_at = null`);
}

/** Makes the records' identifiers exactly these, and answers those that any record gained or lost. */
async function replaceIdentifiers(
  tx: Tx,
  recordIds: readonly string[],
  held: readonly HeldIdentifier[],
): Promise<Identifier[]> {
  const columns = 'kind text, value text, record_id text, field text';
  const lost = await tx.rows<Identifier>(sql`
    delete from record_identifier ri
    where ri.workspace_id = ${tx.workspace} and ri.record_id = any(${textArray(recordIds)})
      and not exists (
        select 1 from ${rowSet(held, columns)}
        where input.kind = ri.kind and input.value = ri.value and input.record_id = ri.record_id
          and input.field = ri.field)
    returning ri.kind, ri.value`);
  const gained = await tx.rows<Identifier>(sql`
    insert into record_identifier (workspace_id, kind, value, record_id, field)
    select ${tx.workspace}, kind, value, record_id, field from ${rowSet(held, columns)}
    on conflict do nothing
    returning kind, value`);
  return [...lost, ...gained];
}

function countLinked(
  recordIds: readonly string[],
  changes: readonly { before: { recordId: string | null }; after: { recordId: string | null } }[],
): Map<string, number> {
  const counts = new Map(recordIds.map((id) => [id, 0]));
  for (const { before, after } of changes) {
    if (after.recordId === null || after.recordId === before.recordId) continue;
    const count = counts.get(after.recordId);
    if (count !== undefined) counts.set(after.recordId, count + 1);
  }
  return counts;
}
