/*
 * What a caller names, found or refused: participants and records of its own workspace.
 */
import { KithError } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isId } from '../ids.ts';

/** What an input's value stands under: `participantId`, `links.3.recordId`. */
type FieldOf = (index: number) => string;

/** The live participants of these ids, in their order; an id that was merged away gives what it became. */
export async function findParticipants(
  tx: Tx,
  participantIds: readonly string[],
  field: FieldOf = () => 'participantId',
): Promise<string[]> {
  const rows = await tx.rows<{ id: string; live: string }>(sql`
    select p.id, coalesce(p.merged_into, p.id) as live from participant p
    where p.workspace_id = ${tx.workspace} and p.id = any(${uuidArray(participantIds.filter(isId))})`);
  const live = new Map(rows.map((row) => [row.id, row.live]));
  return participantIds.map((id, index) => {
    const found = live.get(id.toLowerCase());
    if (found !== undefined) return found;
    throw new KithError('participant_not_found', 'no participant with this id', { field: field(index) });
  });
}

/** Throws unless each of the records is there: known, not deleted, not merged into another. */
export async function requireRecords(
  tx: Tx,
  recordIds: readonly string[],
  field: FieldOf = () => 'recordId',
): Promise<void> {
  const rows = await tx.rows<{ recordId: string; deleted: boolean; mergedInto: string | null }>(sql`
    select record_id as "recordId", deleted_at is not null as deleted, merged_into as "mergedInto" from record
    where workspace_id = ${tx.workspace} and record_id = any(${textArray([...new Set(recordIds)])})`);
  const known = new Map(rows.map((row) => [row.recordId, row]));
  for (const [index, recordId] of recordIds.entries()) {
    const problem = problemOf(recordId, known.get(recordId));
    if (problem !== null) throw new KithError(problem.code, problem.message, { field: field(index) });
  }
}

function problemOf(
  recordId: string,
  record: { deleted: boolean; mergedInto: string | null } | undefined,
): { code: 'record_not_found' | 'record_merged' | 'record_deleted'; message: string } | null {
  if (record === undefined) return { code: 'record_not_found', message: `no record "${recordId}"` };
  if (record.mergedInto !== null) {
    const message = `the record "${recordId}" was merged into "${record.mergedInto}": use that one`;
    return { code: 'record_merged', message };
  }
  if (record.deleted) return { code: 'record_deleted', message: `the record "${recordId}" is deleted` };
  return null;
}
