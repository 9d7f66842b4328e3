import type { DeliveredMessage, MediaTask } from '@kith/contracts';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { clear } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';

const at = '2026-03-02T09:00:00.000Z';
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => clear(database.db));

const key = 'unipile:m1:f1';
const file = { name: 'a.pdf', type: 'application/pdf', blob: null, contentId: null, inline: false };
const withFile: DeliveredMessage = {
  ...mail({ id: 'm1' }),
  attachments: [{ ...file, media: { key, size: 9 } }],
};

/** A page of history with the message, whose file lies at the provider; `named` is what the page says how to find. */
const tellHistory = (named = key) => {
  const files = [{ key: named, locator: { id: 'f1' } }];
  return apply(arrived([withFile], { origin: 'sync', provider: 'unipile', files }));
};

const tellFile = (
  result: { failure: 'gave_up'; detail: string } | { blob: { key: string; size: number }; type: null },
) => apply(arrived([{ kind: 'media', key, result }], { origin: 'media' }));

const apply = (delivery: ReturnType<typeof arrived>) =>
  database.db.write('acme', (tx) => applyBatch(tx, [delivery], at));

async function tasks(): Promise<MediaTask[]> {
  const rows = await database.db.rows<{ payload: MediaTask }>(sql`
    select payload from outbox where subject = 'kith.media.email.acme' order by id`);
  return rows.map(({ payload }) => payload);
}

test('a file that history names is asked for until it is here, and never again', async () => {
  await tellHistory();
  expect(await tasks()).toMatchObject([
    {
      version: 1,
      workspace: 'acme',
      accountId: 'support-mail',
      provider: 'unipile',
      key,
      locator: { id: 'f1' },
    },
  ]);
  await tellFile({ failure: 'gave_up', detail: 'the provider is away' });
  await tellHistory();
  expect(await tasks()).toHaveLength(2);
  await tellFile({ blob: { key: 'acme/aa/file', size: 9 }, type: null });
  await tellHistory();
  expect(await tasks()).toHaveLength(2);
});

test('what no message of the page names is not asked for', async () => {
  await tellHistory('unipile:m2:f2');
  expect(await tasks()).toEqual([]);
});
