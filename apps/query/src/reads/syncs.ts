/* Syncs with their parts: which accounts were asked, how far each is, and what stands in the way. */
import { type Sync, syncReasons, type SyncPart } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type TimePosition, toPage } from '../cursor.ts';

/** Which syncs are listed; all of the workspace when none is named. */
export interface SyncFilter {
  recordId: string | undefined;
  accountId: string | undefined;
}

type SyncRow = Omit<Sync, 'state' | 'parts'>;
type PartRow = Omit<SyncPart, 'todo'> & { syncId: string };

/** One sync, or undefined. */
export async function readSync(db: Rows, workspace: string, syncId: string): Promise<Sync | undefined> {
  const rows = await db.rows<SyncRow>(sql`${selectSyncs(workspace)} and s.id = ${syncId}::uuid`);
  const [sync] = await withParts(db, workspace, rows);
  return sync;
}

/** A page of syncs, newest first. */
export async function readSyncs(
  db: Rows,
  { workspace, recordId, accountId }: SyncFilter & { workspace: string },
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Sync>> {
  const rows = await db.rows<SyncRow>(sql`
    ${selectSyncs(workspace)} and ${ofRecord(recordId)} and ${ofAccount(accountId)} and ${isAfter(options.after)}
    order by s.requested_at desc, s.id desc limit ${options.limit + 1}`);
  const page = toPage(rows, options.limit, (row) => ({ at: row.requestedAt, id: row.syncId }));
  return { ...page, items: await withParts(db, workspace, page.items) };
}

const selectSyncs = (workspace: string): SQL => sql`
  select s.id as "syncId", s.scope, s.record_id as "recordId", s.account_id as "accountId",
    s.requested_at as "requestedAt", s.finished_at as "finishedAt"
  from sync s where s.workspace_id = ${workspace}`;

const ofRecord = (recordId: string | undefined): SQL =>
  recordId === undefined ? sql`true` : sql`s.record_id = ${recordId}`;

const ofAccount = (accountId: string | undefined): SQL =>
  accountId === undefined
    ? sql`true`
    : sql`exists (select 1 from sync_part p
        where p.workspace_id = s.workspace_id and p.sync_id = s.id and p.account_id = ${accountId})`;

function isAfter(after: TimePosition | undefined): SQL {
  if (after === undefined) return sql`true`;
  return sql`(s.requested_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}

async function withParts(db: Rows, workspace: string, syncs: readonly SyncRow[]): Promise<Sync[]> {
  if (syncs.length === 0) return [];
  const parts = await db.rows<PartRow>(sql`
    select p.sync_id as "syncId", p.account_id as "accountId", p.channel, p.provider, p.state, p.reason, p.detail,
      p.retry_at as "retryAt", p.pages, p.fetched, p.total, p.stored, p.duplicate, p.ignored,
      p.dead_lettered as "deadLettered", p.oldest_at as "oldestAt", p.newest_at as "newestAt",
      p.updated_at as "updatedAt", p.missing as "missingMessageIds"
    from sync_part p
    where p.workspace_id = ${workspace} and p.sync_id = any(${uuidArray(syncs.map(({ syncId }) => syncId))})
    order by p.account_id, p.id`);
  return syncs.map((sync) => {
    const own = parts.filter(({ syncId }) => syncId === sync.syncId).map(toPart);
    return { ...sync, state: stateOf(sync, own), parts: own };
  });
}

function toPart(row: PartRow): SyncPart {
  const { syncId: _, ...part } = row;
  return { ...part, todo: todoOf(part.reason) };
}

/** What to do about a reason; null where there is none. */
export const todoOf = (reason: SyncPart['reason']): string | null =>
  reason === null ? null : syncReasons[reason].todo;

function stateOf({ finishedAt }: SyncRow, parts: readonly SyncPart[]): Sync['state'] {
  if (finishedAt === null) return 'running';
  return parts.some(({ state }) => state === 'failed') ? 'failed' : 'completed';
}
