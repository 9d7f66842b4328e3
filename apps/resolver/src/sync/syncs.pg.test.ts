/*
 * A sync from the call that asks for it to its end, as the resolver sees it: the tasks that it leaves for the ingest
 * services, and what they tell.
 */
import type { SyncReport, SyncTask } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contacts } from '../../test/api-workspace.ts';
import { arrived, mail, type MailWords } from '../../test/deliveries.ts';
import { permutationsOf } from '../../test/permutations.ts';
import { clearAllButKeys, errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { reconcileDue } from './reconcile.ts';
import { takeReports } from './take-reports.ts';

const at = '2026-03-02T09:00:00.000Z';
let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(async () => {
  await clearAllButKeys(resolver.db);
  const { acme } = resolver;
  await acme.pipelines.upsert.mutate(contacts);
  await acme.records.upsert.mutate({
    pipeline: 'contacts',
    recordId: '93',
    fields: { email: 'ana@lima.example' },
  });
});

const mailbox = { accountId: 'mailbox', channel: 'email', provider: 'unipile' } as const;
const unipileSecrets = { webhookSecret: 's', apiVersion: 'v1', apiKey: 'k' };

const connect = (settings: Record<string, unknown> = {}, account: Record<string, unknown> = mailbox) =>
  resolver.acme.accounts.upsert.mutate({ ...mailbox, ...account, secrets: unipileSecrets, settings });

const connectMeta = () =>
  resolver.acme.accounts.upsert.mutate({
    accountId: 'meta-number',
    channel: 'whatsapp',
    provider: 'meta',
    secrets: { appSecret: 'a', verifyToken: 'v' },
  });

async function tasks(): Promise<SyncTask[]> {
  const rows = await resolver.db.rows<{ payload: SyncTask }>(sql`select payload from outbox
    where subject like 'kith.sync.tasks.%' order by id`);
  return rows.map(({ payload }) => payload);
}

async function factTypes(): Promise<string[]> {
  const rows = await resolver.db.rows<{ type: string }>(sql`select payload->>'type' as type from outbox
    where subject like 'kith.events.%.sync.%' order by id`);
  return rows.map(({ type }) => type);
}

const parts = () =>
  resolver.db.rows<Record<string, unknown>>(sql`
    select account_id as account, state, reason, pages, fetched, stored, duplicate, finished_at is not null as finished
    from sync_part order by account_id, requested_at`);

const reportOf = (task: SyncTask, words: Partial<SyncReport> = {}): SyncReport => ({
  version: 1,
  syncId: task.syncId,
  partId: task.partId,
  workspace: 'acme',
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

const tell = (report: SyncReport, isLast = false) =>
  resolver.db.write('acme', async (tx) => (await takeReports(tx, [{ report, isLast }], at)).size === 0);

/** A fetched page of these mails, taken in. */
async function fetchPage(...mails: MailWords[]): Promise<string> {
  const page = arrived(mails.map(mail), { accountId: 'mailbox', provider: 'unipile', origin: 'sync' });
  await resolver.db.write('acme', (tx) => applyBatch(tx, [page], at));
  return page.delivery.id;
}

async function onlyTask(): Promise<SyncTask> {
  const [task] = await tasks();
  if (task === undefined) throw new Error('no task');
  return task;
}

describe('asking for a record’s history', () => {
  test('leaves a task for each account that can be asked, and says why the others cannot', async () => {
    await connect();
    await connectMeta();
    await resolver.acme.accounts.upsert.mutate({
      accountId: 'pipe',
      channel: 'email',
      provider: 'mime',
      secrets: { token: 't' },
    });
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    expect(await tasks()).toMatchObject([
      {
        accountId: 'mailbox',
        identifiers: [{ kind: 'email', value: 'ana@lima.example' }],
        since: null,
        until: at,
        page: 1,
        cursor: null,
      },
    ]);
    expect(await parts()).toMatchObject([
      { account: 'mailbox', state: 'running', finished: false },
      { account: 'meta-number', state: 'not_possible', reason: 'history_by_webhook_only', finished: true },
      { account: 'pipe', state: 'not_possible', reason: 'no_history_api', finished: true },
    ]);
    expect(await factTypes()).toEqual(['sync.requested']);
  });

  test('asks for everybody who is linked, by ids that no CRM holds', async () => {
    await connect();
    await fetchPage({ id: 'm1', from: 'ana.private@post.example' });
    const [ana] = await resolver.db.rows<{ id: string }>(sql`select id from participant
      where identifier = 'ana.private@post.example'`);
    await resolver.acme.participants.link.mutate({ participantId: ana?.id ?? '', recordId: '93' });
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const { identifiers } = await onlyTask();
    expect(identifiers?.map(({ value }) => value)).toEqual(['ana.private@post.example', 'ana@lima.example']);
  });

  test('answers the sync that runs already and asks the same, and begins another that asks for more', async () => {
    await connect();
    const sync = () => resolver.acme.records.sync.mutate({ recordId: '93' });
    const first = await sync();
    expect(await sync()).toEqual(first);
    await resolver.acme.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: '93',
      fields: { email: ['ana@lima.example', 'ana@new.example'] },
    });
    expect(await sync()).not.toEqual(first);
    expect(await tasks()).toHaveLength(2);
  });

  test('ends at once, and says why, for a record without identifiers', async () => {
    await connect();
    await resolver.acme.records.upsert.mutate({ pipeline: 'contacts', recordId: '94', fields: {} });
    await resolver.acme.records.sync.mutate({ recordId: '94' });
    expect(await parts()).toMatchObject([
      { state: 'not_possible', reason: 'no_identifiers', finished: true },
    ]);
    expect(await factTypes()).toEqual(['sync.requested', 'sync.completed']);
  });

  test('refuses a record that is not there, and one of another workspace', async () => {
    const { acme, other } = resolver;
    expect(await errorOf(acme.records.sync.mutate({ recordId: 'none' }))).toMatchObject({
      code: 'record_not_found',
      field: 'recordId',
    });
    expect(await errorOf(other.records.sync.mutate({ recordId: '93' }))).toMatchObject({
      code: 'record_not_found',
    });
    expect(await errorOf(acme.accounts.sync.mutate({ accountId: 'none' }))).toMatchObject({
      code: 'account_not_found',
      field: 'accountId',
    });
  });

  test('happens by itself when a record gains an identifier, where the account allows it', async () => {
    await connect();
    const gain = (email: string[]) =>
      resolver.acme.records.upsert.mutate({ pipeline: 'contacts', recordId: '93', fields: { email } });
    await gain(['ana@lima.example', 'ana@one.example']);
    expect(await tasks()).toEqual([]);
    await connect({ autoSync: true });
    await gain(['ana@lima.example', 'ana@one.example', 'ana@two.example']);
    expect((await tasks()).map(({ identifiers }) => identifiers)).toEqual([
      [{ kind: 'email', value: 'ana@two.example' }],
    ]);
    await gain(['ana@lima.example', 'ana@one.example', 'ana@two.example']);
    expect(await tasks()).toHaveLength(1);
  });
});

describe('what is told of a sync', () => {
  test('counts what its pages brought, links by the sync’s own rule, and ends it', async () => {
    await connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await onlyTask();
    const one = await fetchPage({ id: 'm1' }, { id: 'm2' });
    expect(await tell(reportOf(task, { deliveryIds: [one], fetched: 2, total: 3 }))).toBe(true);
    const two = await fetchPage({ id: 'm2' }, { id: 'm3' });
    await tell(reportOf(task, { page: 2, deliveryIds: [two], fetched: 4, state: 'completed' }));
    expect(await parts()).toMatchObject([
      { state: 'completed', pages: 2, fetched: 4, stored: 3, duplicate: 1, finished: true },
    ]);
    const [ana] = await resolver.db.rows(sql`select record_id, method, confidence from participant
      where identifier = 'ana@lima.example'`);
    expect(ana).toEqual({ record_id: '93', method: 'sync_identifier_match', confidence: 0.85 });
    expect(await factTypes()).toEqual(['sync.requested', 'sync.progress', 'sync.progress', 'sync.completed']);
  });

  test('comes to the same in every order and however often it is told', async () => {
    await connect();
    const pages = [
      await fetchPage({ id: 'm1' }),
      await fetchPage({ id: 'm2' }),
      await fetchPage({ id: 'm3' }),
    ];
    const outcomes: object[] = [];
    for (const order of permutationsOf([0, 1, 2])) {
      await resolver.db.rows(sql`delete from sync_part`);
      await resolver.db.rows(sql`delete from sync`);
      await resolver.db.rows(sql`delete from outbox`);
      await resolver.acme.records.sync.mutate({ recordId: '93' });
      const task = await onlyTask();
      const reports = pages.map((id, index) =>
        reportOf(task, {
          page: index + 1,
          deliveryIds: [id],
          fetched: index + 1,
          state: index === 2 ? 'completed' : 'running',
        }),
      );
      let waiting = [...order, ...order].flatMap((index) => reports[index] ?? []);
      // What comes too early comes again.
      for (let round = 0; round < 4 && waiting.length > 0; round += 1) {
        const early: SyncReport[] = [];
        for (const report of waiting) if (!(await tell(report))) early.push(report);
        waiting = early;
      }
      expect(waiting).toEqual([]);
      outcomes.push(await parts());
    }
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(outcomes[0]).toMatchObject([{ state: 'completed', pages: 3, stored: 3, fetched: 3 }]);
  });

  test('waits for the deliveries of its page, and says that pages are lost when they never come', async () => {
    await connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await onlyTask();
    const report = reportOf(task, { deliveryIds: ['10000000-0000-8000-8000-000000000009'] });
    expect(await tell(report)).toBe(false);
    expect(await parts()).toMatchObject([{ state: 'running', pages: 0 }]);
    await tell(report, true);
    expect(await parts()).toMatchObject([{ state: 'failed', reason: 'pages_lost', finished: true }]);
    expect(await factTypes()).toContain('sync.failed');
  });

  test('shows why it waits, and no more when it goes on', async () => {
    await connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await onlyTask();
    await tell(
      reportOf(task, {
        state: 'waiting',
        reason: 'rate_limited',
        retryAt: at,
        at: '2026-03-02T09:01:00.000Z',
      }),
    );
    expect(await parts()).toMatchObject([{ state: 'waiting', reason: 'rate_limited', pages: 0 }]);
    await tell(reportOf(task, { state: 'completed', at: '2026-03-02T09:02:00.000Z' }));
    await tell(reportOf(task, { state: 'waiting', reason: 'rate_limited', at: '2026-03-02T09:01:00.000Z' }));
    expect(await parts()).toMatchObject([{ state: 'completed', reason: null, finished: true }]);
  });

  test('of a part that was cleared is nothing', async () => {
    await connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await onlyTask();
    await resolver.db.rows(sql`delete from sync_part`);
    expect(await tell(reportOf(task, { deliveryIds: ['10000000-0000-8000-8000-000000000009'] }))).toBe(true);
  });
});

describe('reconciliation', () => {
  const hour = 3_600_000;
  const settings = { everyMs: 6 * hour, windowMs: 48 * hour };
  const now = new Date(Date.now() + 7 * hour);

  test('asks each account that can be asked for its recent window, once in a while', async () => {
    await connect();
    await connectMeta();
    expect(await reconcileDue(resolver.db, settings, new Date())).toBe(0);
    expect(await reconcileDue(resolver.db, settings, now)).toBe(1);
    const task = await onlyTask();
    expect(task).toMatchObject({ accountId: 'mailbox', identifiers: null });
    expect(Date.parse(task.until) - Date.parse(task.since ?? '')).toBe(48 * hour);
    expect(Date.parse(task.until)).toBe(now.getTime() - 600_000);
    expect(await reconcileDue(resolver.db, settings, new Date(now.getTime() + 7 * hour))).toBe(0);
  });

  test('tells which messages were missing', async () => {
    await connect();
    await fetchPage({ id: 'known' });
    await reconcileDue(resolver.db, settings, now);
    const task = await onlyTask();
    const page = await fetchPage({ id: 'known' }, { id: 'lost' });
    await tell(reportOf(task, { deliveryIds: [page], fetched: 2, state: 'completed' }));
    const [part] = await resolver.db.rows(sql`
      select p.stored, p.duplicate, array(select m.subject from message m
        where m.id::text in (select jsonb_array_elements_text(p.missing))) as missing from sync_part p`);
    expect(part).toEqual({ stored: 1, duplicate: 1, missing: ['About lost'] });
  });

  test('leaves an account alone whose credentials are refused, until it changes', async () => {
    await connect();
    await reconcileDue(resolver.db, settings, now);
    await tell(reportOf(await onlyTask(), { state: 'failed', reason: 'credentials_refused' }));
    const later = new Date(now.getTime() + 24 * hour);
    expect(await reconcileDue(resolver.db, settings, later)).toBe(0);
    await resolver.db.rows(
      sql`update account set updated_at = ${new Date(now.getTime() + hour).toISOString()}`,
    );
    expect(await reconcileDue(resolver.db, settings, later)).toBe(1);
  });

  test('can be turned off', async () => {
    await connect();
    expect(await reconcileDue(resolver.db, { ...settings, everyMs: 0 }, now)).toBe(0);
  });
});
