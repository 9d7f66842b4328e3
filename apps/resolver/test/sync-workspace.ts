/*
 * The workspace `acme` behind the API as tests of syncs use it: accounts are connected, tasks found in the outbox, pages
 * taken in as the ingest services would publish them, and reports told.
 */
import type { DeliveryItem, SyncReport, SyncTask } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { applyBatch } from '../src/apply/apply-batch.ts';
import { takeReports } from '../src/sync/take-reports.ts';
import { contacts } from './api-workspace.ts';
import { arrived, mail, type MailWords } from './deliveries.ts';
import { clearAllButKeys, type TestResolver } from './resolver.ts';

export const at = '2026-03-02T09:00:00.000Z';

const mailbox = { accountId: 'mailbox', channel: 'email', provider: 'unipile' } as const;
const unipileSecrets = { webhookSecret: 's', apiVersion: 'v1', apiKey: 'k' };

/** A report of a task; the rest is made up. */
export const reportOf = (task: SyncTask, words: Partial<SyncReport> = {}): SyncReport => ({
  version: 1,
  syncId: task.syncId,
  partId: task.partId,
  workspace: 'acme',
  channel: 'email',
  page: 1,
  deliveryIds: [],
  fetched: 0,
  total: null,
  oldestAt: null,
  newestAt: null,
  state: 'running',
  reason: null,
  detail: null,
  retryAt: null,
  at,
  ...words,
});

export type SyncWorkspace = ReturnType<typeof createSyncWorkspace>;

/** What tests of syncs do; `resolver` is opened by the test. */
export function createSyncWorkspace(resolver: TestResolver) {
  const { acme, db } = resolver;
  const begin = async (): Promise<void> => {
    await clearAllButKeys(db);
    await acme.pipelines.upsert.mutate(contacts);
    const fields = { email: 'ana@lima.example' };
    await acme.records.upsert.mutate({ pipeline: 'contacts', recordId: '93', fields });
  };
  const connect = (settings: Record<string, unknown> = {}, account: Record<string, unknown> = mailbox) =>
    acme.accounts.upsert.mutate({ ...mailbox, ...account, secrets: unipileSecrets, settings });

  const connectMeta = () =>
    acme.accounts.upsert.mutate({
      accountId: 'meta-number',
      channel: 'whatsapp',
      provider: 'meta',
      secrets: { appSecret: 'a', verifyToken: 'v' },
    });

  async function tasks(): Promise<SyncTask[]> {
    const rows = await db.rows<{ payload: SyncTask }>(sql`select payload from outbox
    where subject like 'kith.sync.tasks.%' order by id`);
    return rows.map(({ payload }) => payload);
  }

  async function factTypes(): Promise<string[]> {
    const rows = await db.rows<{ type: string }>(sql`select payload->>'type' as type from outbox
    where subject like 'kith.events.%.sync.%' order by id`);
    return rows.map(({ type }) => type);
  }

  const parts = () =>
    db.rows<Record<string, unknown>>(sql`
    select account_id as account, state, reason, pages, fetched, stored, duplicate, finished_at is not null as finished
    from sync_part order by account_id, requested_at`);

  const tell = (report: SyncReport, isLast = false) =>
    db.write('acme', async (tx) => (await takeReports(tx, [{ report, isLast }], at)).early.size === 0);

  /** A fetched page of these items, taken in. */
  async function fetchItems(items: DeliveryItem[], receivedAt = '2026-03-02T08:00:00.000Z'): Promise<string> {
    const about = { accountId: 'mailbox', provider: 'unipile', origin: 'sync', receivedAt } as const;
    const page = arrived(items, about);
    await db.write('acme', (tx) => applyBatch(tx, [page], at));
    return page.delivery.id;
  }

  const fetchPage = (...mails: MailWords[]): Promise<string> => fetchItems(mails.map(mail));

  async function onlyTask(): Promise<SyncTask> {
    const [task] = await tasks();
    if (task === undefined) throw new Error('no task');
    return task;
  }

  return { begin, connect, connectMeta, tasks, onlyTask, factTypes, parts, tell, fetchItems, fetchPage };
}
