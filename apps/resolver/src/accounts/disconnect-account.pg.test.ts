import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApiWorkspace } from '../../test/api-workspace.ts';
import { errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { createSyncWorkspace, reportOf, type SyncWorkspace } from '../../test/sync-workspace.ts';

let resolver: TestResolver;
let syncs: SyncWorkspace;
beforeAll(async () => {
  resolver = await openResolver();
  syncs = createSyncWorkspace(resolver);
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(() => syncs.begin());

const own = 'support@acme.example';
const account = {
  accountId: 'mail',
  channel: 'email' as const,
  provider: 'mime' as const,
  identifiers: [own],
};
const connect = () => resolver.acme.accounts.upsert.mutate({ ...account, secrets: { token: 'secret' } });
const disconnect = (accountId = 'mail') => resolver.acme.accounts.delete.mutate({ accountId });

const statesOf = async (accountId: string) => {
  const rows = await resolver.db.rows<{ payload: { deleted: boolean; sealedSecrets: string } }>(
    sql`select payload from outbox where subject = ${`kith.accounts.acme.${accountId}`} order by id`,
  );
  return rows.map(({ payload }) => payload);
};

const factTypes = async () => {
  const rows = await resolver.db.rows<{ type: string }>(sql`select payload->>'type' as type from outbox
    where subject like 'kith.events.%.account.%' order by id`);
  return rows.map(({ type }) => type);
};

test('the ingest services are told of an account that is disconnected, and its secrets are kept nowhere', async () => {
  await connect();
  expect(await disconnect()).toEqual({ deleted: true });
  expect((await statesOf('mail')).at(-1)).toMatchObject({ deleted: true, sealedSecrets: '' });
  const [row] = await resolver.db.rows<{ sealed: string }>(
    sql`select sealed_secrets as sealed from account where account_id = 'mail'`,
  );
  expect(row?.sealed).toBe('');
  expect(await factTypes()).toEqual(['account.connected', 'account.disconnected']);
});

test('disconnecting again changes nothing, and an account that never was is not found', async () => {
  await connect();
  await disconnect();
  expect(await disconnect()).toEqual({ deleted: false });
  expect(await factTypes()).toEqual(['account.connected', 'account.disconnected']);
  expect(await errorOf(disconnect('none'))).toMatchObject({ code: 'account_not_found', field: 'accountId' });
  await connect();
  expect(await errorOf(resolver.other.accounts.delete.mutate({ accountId: 'mail' }))).toMatchObject({
    code: 'account_not_found',
  });
  expect((await statesOf('mail')).at(-1)).toMatchObject({ deleted: false });
});

test('it comes back under its id, with secrets of its own, as newly connected', async () => {
  await connect();
  await disconnect();
  expect(await errorOf(resolver.acme.accounts.upsert.mutate(account))).toMatchObject({
    code: 'bad_input',
    field: 'secrets',
  });
  await resolver.db.rows(sql`update account set created_at = '2026-01-01T00:00:00Z'`);
  expect(await connect()).toEqual({ accountId: 'mail', created: true });
  expect((await statesOf('mail')).at(-1)).toMatchObject({ deleted: false });
  expect(await factTypes()).toEqual(['account.connected', 'account.disconnected', 'account.connected']);
  const [row] = await resolver.db.rows<{ isNew: boolean }>(
    sql`select created_at > '2026-01-01T00:00:00Z' as "isNew" from account where account_id = 'mail'`,
  );
  expect(row?.isNew).toBe(true);
  expect(await connect()).toMatchObject({ created: false });
});

test('its own identities stay internal, so that what was sent stays outbound', async () => {
  const acme = createApiWorkspace(resolver);
  await connect();
  await acme.receive({ id: 'a@x', from: own, to: ['ana@lima.example'] });
  await disconnect();
  await acme.receive({ id: 'b@x', from: own, to: ['ana@lima.example'] });
  expect(await acme.linkOf(own)).toMatchObject({ status: 'internal' });
  await acme.holds();
});

test('what is being fetched through it is called off, its syncs end, and what comes late changes nothing', async () => {
  await syncs.connect();
  await resolver.acme.records.sync.mutate({ recordId: '93' });
  const task = await syncs.onlyTask();
  await syncs.tell(reportOf(task, { state: 'running' }));
  await disconnect('mailbox');
  const ended = { account: 'mailbox', state: 'failed', reason: 'account_gone', pages: 1, finished: true };
  expect(await syncs.parts()).toMatchObject([ended]);
  expect((await syncs.factTypes()).at(-1)).toBe('sync.failed');
  expect((await syncs.tasks()).at(-1)).toEqual({ version: 1, partId: task.partId, calledOff: true });
  expect(await syncs.tell(reportOf(task, { page: 2, state: 'completed' }))).toBe(true);
  expect(await syncs.parts()).toMatchObject([ended]);
  expect(await errorOf(resolver.acme.accounts.sync.mutate({ accountId: 'mailbox' }))).toMatchObject({
    code: 'account_not_found',
  });
});
