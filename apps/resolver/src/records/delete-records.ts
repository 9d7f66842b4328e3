import { KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { refreshRecordSearch } from '../search/record-words.ts';
import { participantsConcernedBy } from './known-records.ts';

/**
 * Deletes a record, for every record that was merged into it too. It matches nobody from now on; what it was known by
 * is kept, so that upserting it again brings everything back. Answers whether there was anything to delete.
 */
export async function deleteRecord(
  tx: Tx,
  recordId: string,
  options: { at: string; actor: string },
): Promise<{ deleted: boolean }> {
  const [known] = await tx.rows<{ live: boolean }>(sql`
    select deleted_at is null and merged_into is null as live from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (known === undefined) {
    throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
  }
  if (!known.live) return { deleted: false };
  await tx.rows(sql`
    update record set deleted_at = ${options.at}::timestamptz, updated_at = now()
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  await refreshRecordSearch(tx, [recordId]);
  const concerned = await participantsConcernedBy(tx, [recordId]);
  await resolveParticipants(tx, concerned, { reason: 'record_deleted', ...options });
  await writeFacts(tx, [{ type: 'record.deleted', data: { recordId } }], options.at);
  return { deleted: true };
}
