import { textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** What is known of a record before it is written. */
export interface KnownRecord {
  recordId: string;
  title: string | null;
  defaultCountry: string | null;
  deleted: boolean;
  /** The record that what it is known by identifies: itself, or the one that it was merged into. */
  holder: string;
}

/** The records of these ids that are known, deleted ones too. */
export async function readKnownRecords(
  tx: Tx,
  recordIds: readonly string[],
): Promise<Map<string, KnownRecord>> {
  const rows = await tx.rows<KnownRecord>(sql`
    select record_id as "recordId", title, default_country as "defaultCountry", deleted_at is not null as deleted,
      coalesce(merged_into, record_id) as holder
    from record
    where workspace_id = ${tx.workspace} and record_id = any(${textArray(recordIds)})`);
  return new Map(rows.map((row) => [row.recordId, row]));
}

/**
 * The participants that the records' coming back or going away may concern: those linked to one of them, those that
 * are known by one of its identifiers, and those of which a person said that they are it, or are not. A record stands
 * here also for the records that were merged into it.
 */
export async function participantsConcernedBy(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  if (recordIds.length === 0) return [];
  const { workspace } = tx;
  const ids = textArray(await withMergedInto(tx, recordIds));
  const rows = await tx.rows<{ id: string }>(sql`
    with held as materialized (
      select distinct kind, value from record_identifier
      where workspace_id = ${workspace} and record_id = any(${ids}))
    select pi.participant_id as id from held
    join participant_identifier pi
      on pi.workspace_id = ${workspace} and pi.kind = held.kind and pi.value = held.value
    union
    select pi.participant_id from held
    join participant_clue c on c.workspace_id = ${workspace} and c.kind = held.kind and c.value = held.value
    join participant_identifier pi on pi.workspace_id = c.workspace_id and pi.id = c.identifier_id
    union
    select id from participant where workspace_id = ${workspace} and record_id = any(${ids})
    union
    select coalesce(p.merged_into, p.id) from participant_decision d
    join participant p on p.workspace_id = d.workspace_id and p.id = d.participant_id
    where d.workspace_id = ${workspace} and d.record_id = any(${ids})
    order by id`);
  return rows.map(({ id }) => id);
}

/** The participants of which a person said, before the records were there, that they are one of them, or are not. */
export async function participantsSpokenOf(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  if (recordIds.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct coalesce(p.merged_into, p.id) as id from participant_decision d
    join participant p on p.workspace_id = d.workspace_id and p.id = d.participant_id
    where d.workspace_id = ${tx.workspace} and d.record_id = any(${textArray(recordIds)})`);
  return rows.map(({ id }) => id);
}

/** The records with all that were merged into them. */
async function withMergedInto(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select record_id as id from record
    where workspace_id = ${tx.workspace} and merged_into = any(${textArray(recordIds)})`);
  return [...recordIds, ...rows.map(({ id }) => id)];
}
