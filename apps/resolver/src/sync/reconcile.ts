/*
 * Asks providers now and then for what they hold of a recent window. What is stored already counts as a duplicate; what
 * is not was lost on its way here, is stored now, and is told. So silent loss is seen, and mended.
 *
 * The window ends some minutes ago: what a webhook is just bringing is not missing. An account that cannot be asked
 * until somebody gives it credentials is left alone until it changes.
 */
import type { Provider } from '@kith/contracts';
import { historyOf } from '@kith/contracts';
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';
import { syncAccount } from './request-sync.ts';

/** How often, and how far back, in milliseconds. */
export interface ReconcileSettings {
  /** 0 for never. */
  everyMs: number;
  windowMs: number;
}

const settlingMs = 10 * 60_000;
/** How long a reconciliation can be looked at afterwards. */
const keptMs = 30 * 24 * 60 * 60_000;

interface DueAccount {
  workspace: string;
  accountId: string;
  provider: Provider;
  settings: Record<string, unknown>;
}

/** Begins what is due, and answers how many accounts are asked. */
export async function reconcileDue(
  db: Database,
  { everyMs, windowMs }: ReconcileSettings,
  now: Date,
): Promise<number> {
  if (everyMs === 0) return 0;
  const due = await findDue(db, new Date(now.getTime() - everyMs).toISOString());
  const askable = due.filter(({ provider, settings }) => historyOf(provider, settings) === 'can_be_asked');
  for (const { workspace, accountId } of askable) {
    const since = new Date(now.getTime() - settlingMs - windowMs).toISOString();
    const until = new Date(now.getTime() - settlingMs).toISOString();
    const asking = { actor: 'rule', at: now.toISOString() };
    await db.write(workspace, (tx) =>
      syncAccount(tx, { accountId, scope: 'reconcile', since, until }, asking),
    );
  }
  await forgetOld(db, new Date(now.getTime() - keptMs).toISOString());
  return askable.length;
}

/** Accounts connected, and last asked, before `before`. Two processes may find the same: asked twice is stored once. */
const findDue = (db: Database, before: string): Promise<DueAccount[]> =>
  db.rows<DueAccount>(sql`
    select a.workspace_id as workspace, a.account_id as "accountId", a.provider, a.settings
    from account a
    left join lateral (
      select p.requested_at, p.finished_at, p.state, p.reason from sync_part p
      where p.workspace_id = a.workspace_id and p.account_id = a.account_id and p.scope = 'reconcile'
      order by p.requested_at desc limit 1) last on true
    where a.deleted_at is null and a.created_at <= ${before}::timestamptz
      and (last.requested_at is null or (last.requested_at <= ${before}::timestamptz and last.finished_at is not null))
      and not coalesce(last.state = 'failed' and a.updated_at < last.requested_at
        and last.reason in ('no_credentials', 'credentials_refused', 'not_found', 'no_history_api'), false)
    order by a.workspace_id, a.account_id`);

async function forgetOld(db: Database, before: string): Promise<void> {
  await db.rows(sql`
    with old as (
      delete from sync where scope = 'reconcile' and finished_at < ${before}::timestamptz
      returning workspace_id, id)
    delete from sync_part p using old where p.workspace_id = old.workspace_id and p.sync_id = old.id`);
}
