import type { DeliveryItem } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { externalIdOf, mail } from '../../test/deliveries.ts';
import { openResolver, type TestResolver } from '../../test/resolver.ts';
import { createSyncWorkspace, reportOf, type SyncWorkspace } from '../../test/sync-workspace.ts';
import { reconcileDue } from './reconcile.ts';

let resolver: TestResolver;
let acme: SyncWorkspace;
beforeAll(async () => {
  resolver = await openResolver();
  acme = createSyncWorkspace(resolver);
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(() => acme.begin());

describe('reconciliation', () => {
  const hour = 3_600_000;
  const settings = { everyMs: 6 * hour, windowMs: 48 * hour };
  const now = new Date(Date.now() + 7 * hour);

  test('asks each account that can be asked for its recent window, once in a while', async () => {
    await acme.connect();
    await acme.connectMeta();
    expect(await reconcileDue(resolver.db, settings, new Date())).toBe(0);
    expect(await reconcileDue(resolver.db, settings, now)).toBe(1);
    const task = await acme.onlyTask();
    expect(task).toMatchObject({ accountId: 'mailbox', identifiers: null });
    expect(Date.parse(task.until) - Date.parse(task.since ?? '')).toBe(48 * hour);
    expect(Date.parse(task.until)).toBe(now.getTime() - 600_000);
    expect(await reconcileDue(resolver.db, settings, new Date(now.getTime() + 7 * hour))).toBe(0);
  });

  test('tells which messages had never come, and not what else is news to those that had', async () => {
    await acme.connect();
    await acme.fetchPage({ id: 'known' });
    await reconcileDue(resolver.db, settings, now);
    const task = await acme.onlyTask();
    const read: DeliveryItem = {
      kind: 'status',
      messageId: externalIdOf('known'),
      status: 'read',
      recipient: null,
      at: null,
      detail: null,
    };
    const items = [mail({ id: 'known' }), mail({ id: 'lost' }), read];
    const page = await acme.fetchItems(items, new Date(now.getTime() + 60_000).toISOString());
    await acme.tell(reportOf(task, { deliveryIds: [page], fetched: 2, state: 'completed' }));
    const [part] = await resolver.db.rows(sql`
      select p.stored, p.duplicate, array(select m.subject from message m
        where m.id::text in (select jsonb_array_elements_text(p.missing))) as missing from sync_part p`);
    expect(part).toEqual({ stored: 2, duplicate: 1, missing: ['About lost'] });
  });

  test('leaves an account alone whose credentials are refused, until it changes', async () => {
    await acme.connect();
    await reconcileDue(resolver.db, settings, now);
    await acme.tell(reportOf(await acme.onlyTask(), { state: 'failed', reason: 'credentials_refused' }));
    const later = new Date(now.getTime() + 24 * hour);
    expect(await reconcileDue(resolver.db, settings, later)).toBe(0);
    await resolver.db.rows(
      sql`update account set updated_at = ${new Date(now.getTime() + hour).toISOString()}`,
    );
    expect(await reconcileDue(resolver.db, settings, later)).toBe(1);
  });

  test('can be turned off', async () => {
    await acme.connect();
    expect(await reconcileDue(resolver.db, { ...settings, everyMs: 0 }, now)).toBe(0);
  });
});
