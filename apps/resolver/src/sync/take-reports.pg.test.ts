/* What the ingest services tell of a sync, as the resolver takes it in. */
import type { SyncReport } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { permutationsOf } from '../../test/permutations.ts';
import { openResolver, type TestResolver } from '../../test/resolver.ts';
import { at, createSyncWorkspace, reportOf, type SyncWorkspace } from '../../test/sync-workspace.ts';

let resolver: TestResolver;
let acme: SyncWorkspace;
beforeAll(async () => {
  resolver = await openResolver();
  acme = createSyncWorkspace(resolver);
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(() => acme.begin());

describe('what is told of a sync', () => {
  test('counts what its pages brought, links by the sync’s own rule, and ends it', async () => {
    await acme.connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await acme.onlyTask();
    const one = await acme.fetchPage({ id: 'm1' }, { id: 'm2' });
    expect(await acme.tell(reportOf(task, { deliveryIds: [one], fetched: 2, total: 3 }))).toBe(true);
    const two = await acme.fetchPage({ id: 'm2' }, { id: 'm3' });
    await acme.tell(reportOf(task, { page: 2, deliveryIds: [two], fetched: 4, state: 'completed' }));
    expect(await acme.parts()).toMatchObject([
      { state: 'completed', pages: 2, fetched: 4, stored: 3, duplicate: 1, finished: true },
    ]);
    const [ana] = await resolver.db.rows(sql`select record_id, method, confidence from participant
      where identifier = 'ana@lima.example'`);
    expect(ana).toEqual({ record_id: '93', method: 'sync_identifier_match', confidence: 0.85 });
    expect(await acme.factTypes()).toEqual([
      'sync.requested',
      'sync.progress',
      'sync.progress',
      'sync.completed',
    ]);
  });

  test('comes to the same in every order and however often it is told', async () => {
    await acme.connect();
    const pages = [
      await acme.fetchPage({ id: 'm1' }),
      await acme.fetchPage({ id: 'm2' }),
      await acme.fetchPage({ id: 'm3' }),
    ];
    const outcomes: object[] = [];
    for (const order of permutationsOf([0, 1, 2])) {
      await resolver.db.rows(sql`delete from sync_part`);
      await resolver.db.rows(sql`delete from sync`);
      await resolver.db.rows(sql`delete from outbox`);
      await resolver.acme.records.sync.mutate({ recordId: '93' });
      const task = await acme.onlyTask();
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
        for (const report of waiting) if (!(await acme.tell(report))) early.push(report);
        waiting = early;
      }
      expect(waiting).toEqual([]);
      outcomes.push(await acme.parts());
    }
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(outcomes[0]).toMatchObject([{ state: 'completed', pages: 3, stored: 3, fetched: 3 }]);
  });

  test('is settled at once when it was taken in before', async () => {
    await acme.connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const report = reportOf(await acme.onlyTask());
    expect([await acme.tell(report), await acme.tell(report)]).toEqual([true, true]);
    expect(await acme.parts()).toMatchObject([{ state: 'running', pages: 1 }]);
  });

  test('waits for the deliveries of its page, and says that pages are lost when they never come', async () => {
    await acme.connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await acme.onlyTask();
    const report = reportOf(task, { deliveryIds: ['10000000-0000-8000-8000-000000000009'] });
    expect(await acme.tell(report)).toBe(false);
    expect(await acme.parts()).toMatchObject([{ state: 'running', pages: 0 }]);
    await acme.tell(report, true);
    expect(await acme.parts()).toMatchObject([{ state: 'failed', reason: 'pages_lost', finished: true }]);
    expect(await acme.factTypes()).toContain('sync.failed');
  });

  test('shows why it waits, and no more when it goes on', async () => {
    await acme.connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await acme.onlyTask();
    await acme.tell(
      reportOf(task, {
        state: 'waiting',
        reason: 'rate_limited',
        retryAt: at,
        at: '2026-03-02T09:01:00.000Z',
      }),
    );
    expect(await acme.parts()).toMatchObject([{ state: 'waiting', reason: 'rate_limited', pages: 0 }]);
    await acme.tell(reportOf(task, { state: 'completed', at: '2026-03-02T09:02:00.000Z' }));
    await acme.tell(
      reportOf(task, { state: 'waiting', reason: 'rate_limited', at: '2026-03-02T09:01:00.000Z' }),
    );
    expect(await acme.parts()).toMatchObject([{ state: 'completed', reason: null, finished: true }]);
  });

  test('of a part that was cleared is nothing, and what is left of it is called off', async () => {
    await acme.connect();
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const task = await acme.onlyTask();
    await resolver.acme.workspace.clear.mutate({ confirm: true });
    await acme.tell(reportOf(task, { deliveryIds: ['10000000-0000-8000-8000-000000000009'] }));
    const calledOff = { version: 1, partId: task.partId, calledOff: true };
    expect((await acme.tasks()).slice(1)).toEqual([calledOff, calledOff]);
    expect(await acme.parts()).toEqual([]);
  });

  test('of one account ends the sync when the last other account is cleared', async () => {
    await acme.connect();
    await acme.connect({}, { accountId: 'second' });
    await resolver.acme.records.sync.mutate({ recordId: '93' });
    const [first] = await acme.tasks();
    if (first !== undefined) await acme.tell(reportOf(first, { state: 'completed' }));
    expect(await acme.factTypes()).not.toContain('sync.completed');
    await resolver.acme.workspace.clear.mutate({ confirm: true, accountId: 'second' });
    expect(await acme.parts()).toMatchObject([{ account: 'mailbox', state: 'completed' }]);
    expect(await acme.factTypes()).toContain('sync.completed');
  });
});
