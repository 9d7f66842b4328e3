import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const email = { kind: 'email' as const, value: 'ana@lima.example' };
const asked = ['email ana@lima.example'];

describe('sync.status', () => {
  test('shows how far each account is, what stands in its way, and what to do about it', async () => {
    const { seed, client } = await service.tenant();
    const syncId = await seed.sync({ recordId: '93', accountId: 'a', identifiers: asked, stored: 7 });
    await seed.sync({
      syncId,
      recordId: '93',
      accountId: 'b',
      state: 'not_possible',
      reason: 'no_history_api',
    });
    const sync = await client.sync.status.query({ syncId });
    expect(sync).toMatchObject({
      syncId,
      scope: 'record',
      recordId: '93',
      accountId: null,
      state: 'completed',
      requestedAt: '2026-11-01T00:00:00.000Z',
      finishedAt: '2026-11-01T00:00:00.000Z',
      parts: [
        { accountId: 'a', state: 'completed', reason: null, todo: null, stored: 7 },
        {
          accountId: 'b',
          state: 'not_possible',
          reason: 'no_history_api',
          todo: expect.stringContaining('imap'),
        },
      ],
    });
  });

  test('is running until its last part has ended, and failed when one of them did', async () => {
    const { seed, client } = await service.tenant();
    const running = await seed.sync({
      recordId: '93',
      accountId: 'a',
      state: 'waiting',
      reason: 'rate_limited',
    });
    expect((await client.sync.status.query({ syncId: running })).state).toBe('running');
    const failed = await seed.sync({ accountId: 'a', state: 'failed', reason: 'credentials_refused' });
    expect((await client.sync.status.query({ syncId: failed })).state).toBe('failed');
  });

  test('knows no sync under another id, whatever its form', async () => {
    const { client } = await service.tenant();
    for (const syncId of ['93', '10000000-0000-8000-8000-000000000009']) {
      await expect(client.sync.status.query({ syncId })).rejects.toMatchObject({
        data: { kith: { code: 'sync_not_found', field: 'syncId' } },
      });
    }
  });
});

describe('sync.list', () => {
  test('lists newest first, of a record or of an account, page by page', async () => {
    const { seed, client } = await service.tenant();
    const days = [1, 2, 3, 4, 5].map((day) => `2026-11-0${day}T00:00:00.000Z`);
    for (const requestedAt of days) await seed.sync({ recordId: '93', accountId: 'a', requestedAt });
    await seed.sync({ scope: 'account', accountId: 'b', requestedAt: '2026-11-06T00:00:00.000Z' });
    const ofRecord = await readAllPages((cursor) =>
      client.sync.list.query({ recordId: '93', limit: 2, cursor }),
    );
    expect(ofRecord.map(({ requestedAt }) => requestedAt)).toEqual(days.toReversed());
    const ofAccount = await client.sync.list.query({ accountId: 'b' });
    expect(ofAccount.items).toMatchObject([{ scope: 'account', accountId: 'b', recordId: null }]);
    expect((await client.sync.list.query()).items).toHaveLength(6);
  });
});

describe('the coverage of a record', () => {
  test('stands with it: what was fetched, and what its identifiers still miss', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93', identifiers: [email, { kind: 'email', value: 'ana@new.example' }] });
    await seed.account('mailbox', { provider: 'unipile' });
    await seed.account('pipe');
    const syncId = await seed.sync({ recordId: '93', accountId: 'mailbox', identifiers: asked });
    const { coverage } = await client.records.get.query({ recordId: '93' });
    expect(coverage).toMatchObject([
      {
        accountId: 'mailbox',
        state: 'partial',
        since: null,
        until: '2026-11-01T00:00:00.000Z',
        missingIdentifiers: ['ana@new.example'],
        syncId,
      },
      { accountId: 'pipe', state: 'not_possible', reason: 'no_history_api', syncId: null },
    ]);
  });

  test('of an account that was fetched whole is complete for every record', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '94', identifiers: [email] });
    await seed.account('mailbox', { provider: 'unipile' });
    await seed.sync({ scope: 'account', accountId: 'mailbox' });
    const { coverage } = await client.records.get.query({ recordId: '94' });
    expect(coverage).toMatchObject([{ state: 'complete', since: null }]);
  });
});
