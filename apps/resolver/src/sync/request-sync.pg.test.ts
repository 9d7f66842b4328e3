/* Asking for the past: the tasks that a call leaves for the ingest services. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at, createSyncWorkspace, type SyncWorkspace } from '../../test/sync-workspace.ts';
import { errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';

let resolver: TestResolver;
let acme: SyncWorkspace;
beforeAll(async () => {
  resolver = await openResolver();
  acme = createSyncWorkspace(resolver);
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(() => acme.begin());

describe('asking for a record’s history', () => {
  test('leaves a task for each account that can be asked, and says why the others cannot', async () => {
    await acme.connect();
    await acme.connectMeta();
    await resolver.acme.accounts.upsert.mutate({
      accountId: 'pipe',
      channel: 'email',
      provider: 'mime',
      secrets: { token: 't' },
    });
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    expect(await acme.tasks()).toMatchObject([
      {
        accountId: 'mailbox',
        identifiers: [{ kind: 'email', value: 'ana@lima.example' }],
        since: null,
        until: at,
        page: 1,
        cursor: null,
      },
    ]);
    expect(await acme.parts()).toMatchObject([
      { account: 'mailbox', state: 'running', finished: false },
      { account: 'meta-number', state: 'not_possible', reason: 'history_by_webhook_only', finished: true },
      { account: 'pipe', state: 'not_possible', reason: 'no_history_api', finished: true },
    ]);
    expect(await acme.factTypes()).toEqual(['sync.requested']);
  });

  test('asks for everybody who is linked, by ids that no CRM holds', async () => {
    await acme.connect();
    await acme.fetchPage({ id: 'm1', from: 'ana.private@post.example' });
    const [ana] = await resolver.db.rows<{ id: string }>(sql`select id from participant
      where identifier = 'ana.private@post.example'`);
    await resolver.acme.participants.link.mutate({ participantId: ana?.id ?? '', recordId: '93' });
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const { identifiers } = await acme.onlyTask();
    expect(identifiers?.map(({ value }) => value)).toEqual(['ana.private@post.example', 'ana@lima.example']);
  });

  test('answers the sync that runs already and asks the same, and begins another that asks for more', async () => {
    await acme.connect();
    const sync = () => resolver.acme.records.sync.mutate({ recordId: '93' });
    const first = await sync();
    expect(await sync()).toEqual(first);
    await resolver.acme.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: '93',
      fields: { email: ['ana@lima.example', 'ana@new.example'] },
    });
    expect(await sync()).not.toEqual(first);
    expect(await acme.tasks()).toHaveLength(2);
  });

  test('ends at once, and says why, for a record without identifiers', async () => {
    await acme.connect();
    await resolver.acme.records.upsert.mutate({ pipeline: 'contacts', recordId: '94', fields: {} });
    await resolver.acme.records.sync.mutate({ recordId: '94' });
    expect(await acme.parts()).toMatchObject([
      { state: 'not_possible', reason: 'no_identifiers', finished: true },
    ]);
    expect(await acme.factTypes()).toEqual(['sync.requested', 'sync.completed']);
  });

  test('refuses a record that is not there, and one of another workspace', async () => {
    const { other } = resolver;
    expect(await errorOf(resolver.acme.records.sync.mutate({ recordId: 'none' }))).toMatchObject({
      code: 'record_not_found',
      field: 'recordId',
    });
    expect(await errorOf(other.records.sync.mutate({ recordId: '93' }))).toMatchObject({
      code: 'record_not_found',
    });
    expect(await errorOf(resolver.acme.accounts.sync.mutate({ accountId: 'none' }))).toMatchObject({
      code: 'account_not_found',
      field: 'accountId',
    });
  });

  test('happens by itself when a record gains an identifier, where the account allows it', async () => {
    await acme.connect();
    const gain = (email: string[]) =>
      resolver.acme.records.upsert.mutate({ pipeline: 'contacts', recordId: '93', fields: { email } });
    await gain(['ana@lima.example', 'ana@one.example']);
    expect(await acme.tasks()).toEqual([]);
    await acme.connect({ autoSync: true });
    await gain(['ana@lima.example', 'ana@one.example', 'ana@two.example']);
    expect((await acme.tasks()).map(({ identifiers }) => identifiers)).toEqual([
      [{ kind: 'email', value: 'ana@two.example' }],
    ]);
    await gain(['ana@lima.example', 'ana@one.example', 'ana@two.example']);
    expect(await acme.tasks()).toHaveLength(1);
  });
});
