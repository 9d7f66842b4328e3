import { randomUUID } from 'node:crypto';
import { type Database, textArray } from '@kith/database';
import { sql } from 'drizzle-orm';

/** A part of a sync, with the sync around it. */
export interface SeededSync {
  syncId?: string;
  scope?: 'record' | 'account';
  recordId?: string | null;
  accountId: string;
  state?: string;
  reason?: string | null;
  identifiers?: string[] | null;
  requestedAt?: string;
  stored?: number;
}

/** Answers the id of the sync. */
export async function insertSync(db: Database, workspace: string, row: SeededSync): Promise<string> {
  const { syncId = randomUUID(), scope = 'record', recordId = null, accountId, state = 'completed' } = row;
  const { reason = null, identifiers = null, requestedAt = '2026-11-01T00:00:00.000Z', stored = 0 } = row;
  const finishedAt = ['running', 'waiting'].includes(state) ? null : requestedAt;
  await db.rows(sql`
    insert into sync (workspace_id, id, scope, record_id, account_id, actor, requested_at, finished_at)
    values (${workspace}, ${syncId}, ${scope}, ${recordId}, ${scope === 'account' ? accountId : null}, 'rule',
      ${requestedAt}, ${finishedAt})
    on conflict do nothing`);
  await db.rows(sql`
    insert into sync_part (workspace_id, id, sync_id, account_id, channel, provider, scope, record_id, identifiers,
      until, state, reason, stored, requested_at, updated_at, finished_at)
    values (${workspace}, ${randomUUID()}, ${syncId}, ${accountId}, 'email', 'unipile', ${scope}, ${recordId},
      ${identifiers === null ? null : textArray(identifiers)}, ${requestedAt}, ${state}, ${reason}, ${stored},
      ${requestedAt}, ${requestedAt}, ${finishedAt})`);
  return syncId;
}
