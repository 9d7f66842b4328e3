/* What accounts are slow or unwilling to do by themselves: a sync that runs, a dead letter of which nothing is kept. */
import { randomUUID } from 'node:crypto';
import type { SyncReason, SyncState } from '@kith/contracts';
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';
import { workspace } from './page-stack.ts';

export interface SeededPart {
  state: SyncState;
  fetched: number;
  total: number | null;
  stored: number;
  reason?: SyncReason;
  retryAt?: string;
}

const isOver = ({ state }: SeededPart): boolean => state !== 'running' && state !== 'waiting';

/** A sync of all that an account of the channel email holds, as far as `part` says; answers its id. */
export async function insertSync(db: Database, accountId: string, part: SeededPart): Promise<string> {
  const id = randomUUID();
  const now = new Date().toISOString();
  await db.rows(sql`insert into sync (workspace_id, id, scope, account_id, actor, requested_at)
    values (${workspace}, ${id}, 'account', ${accountId}, 'key:test', ${now})`);
  await db.rows(sql`insert into sync_part
    (workspace_id, id, sync_id, account_id, channel, provider, scope, until, state, pages, requested_at, updated_at)
    values (${workspace}, ${randomUUID()}, ${id}, ${accountId}, 'email', 'mime', 'account', ${now}, 'running', 1,
      ${now}, ${now})`);
  await moveSync(db, id, part);
  return id;
}

/** Moves a sync on. */
export async function moveSync(db: Database, syncId: string, part: SeededPart): Promise<void> {
  const finishedAt = isOver(part) ? new Date().toISOString() : null;
  await db.rows(sql`update sync_part set state = ${part.state}, fetched = ${part.fetched}, total = ${part.total},
      stored = ${part.stored}, reason = ${part.reason ?? null}, retry_at = ${part.retryAt ?? null}::timestamptz,
      finished_at = ${finishedAt}::timestamptz
    where workspace_id = ${workspace} and sync_id = ${syncId}::uuid`);
  await db.rows(sql`update sync set finished_at = ${finishedAt}::timestamptz
    where workspace_id = ${workspace} and id = ${syncId}::uuid`);
}

/** A mail that was too large to be kept. */
export async function insertLostLetter(db: Database, accountId: string): Promise<void> {
  await db.rows(sql`insert into dead_letter
    (workspace_id, id, delivery_id, item_index, account_id, channel, provider, reason, detail)
    values (${workspace}, ${randomUUID()}, ${randomUUID()}, 0, ${accountId}, 'email', 'mime',
      'content_not_included', 'a mail of 52 MB')`);
}

/** Makes what is kept of the newest dead letter what is kept of a message: as if its reader had learned to read it. */
export async function mendNewestLetter(db: Database): Promise<void> {
  await db.rows(sql`update dead_letter set raw_blob = (
      select raw_blob from message where workspace_id = ${workspace} and raw_blob is not null limit 1)
    where workspace_id = ${workspace} and id = (select id from dead_letter
      where workspace_id = ${workspace} and raw_blob is not null order by created_at desc, id desc limit 1)`);
}
