import type { Fact } from '@kith/contracts';
import { type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';

interface EndedSync {
  syncId: string;
  recordId: string | null;
  stored: number;
  failed: string[] | null;
}

/** Ends the syncs among these whose every part has ended, and tells how they ended. */
export async function endSyncs(tx: Tx, syncIds: readonly string[], at: string): Promise<void> {
  if (syncIds.length === 0) return;
  const ended = await tx.rows<EndedSync>(sql`
    update sync s set finished_at = ${at}::timestamptz
    from (
      select p.sync_id, sum(p.stored)::int as stored,
        array_agg(p.account_id order by p.account_id) filter (where p.state = 'failed') as failed
      from sync_part p
      where p.workspace_id = ${tx.workspace} and p.sync_id = any(${uuidArray([...new Set(syncIds)])})
      group by p.sync_id having bool_and(p.finished_at is not null)) parts
    where s.workspace_id = ${tx.workspace} and s.id = parts.sync_id and s.finished_at is null
    returning s.id as "syncId", s.record_id as "recordId", parts.stored, parts.failed`);
  await writeFacts(tx, ended.map(factOf), at);
}

function factOf({ syncId, recordId, stored, failed }: EndedSync): Fact {
  const record = recordId === null ? {} : { recordId };
  if (failed === null) return { type: 'sync.completed', data: { syncId, ...record, stored } };
  return { type: 'sync.failed', data: { syncId, ...record, accountIds: failed, stored } };
}
