import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService } from '../test/query-service.ts';
import { readMessageDays } from './reads/message-days.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const none = { email: 0, whatsapp: 0, linkedin: 0 };

/** Mails around midnight and a chat, until the second of March 2026 and after it. */
async function openSeeded() {
  const tenant = await service.tenant();
  const { seed } = tenant;
  const people = [{ id: await seed.participant({ identifier: 'ana@lima.example' }), role: 'from' as const }];
  const at = (...times: string[]) => times.map((sentAt) => ({ sentAt }));
  await seed.conversation({
    people,
    messages: at('2026-02-28T23:59:59.999Z', '2026-03-02T00:00:00.000Z', '2026-03-02T23:59:59.999Z'),
  });
  const chat = { channel: 'whatsapp', people } as const;
  await seed.conversation({ ...chat, messages: at('2026-03-02T10:00:00.000Z', '2026-03-03T00:00:00.000Z') });
  return tenant;
}

describe('stats.messages', () => {
  test('has each of the last days in UTC, the day of now last, also those without a message', async () => {
    const { seed } = await openSeeded();
    const now = '2026-03-02T00:00:00.000Z';
    const days = await readMessageDays(service.db, seed.workspace, { days: 4, now });
    expect(days).toEqual([
      { day: '2026-02-27', ...none },
      { day: '2026-02-28', ...none, email: 1 },
      { day: '2026-03-01', ...none },
      { day: '2026-03-02', ...none, email: 2, whatsapp: 1 },
    ]);
    const [today] = await readMessageDays(service.db, seed.workspace, { days: 1, now });
    expect(today).toEqual(days.at(-1));
  });

  test('ends today, and begins as many days before as are asked for', async () => {
    const { client } = await openSeeded();
    const before = new Date().toISOString().slice(0, 10);
    const { items } = await client.stats.messages.query({ days: 366 });
    expect(items).toHaveLength(366);
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(items.at(-1)?.day);
    expect((await client.stats.messages.query()).items).toHaveLength(90);
  });
});

describe('stats.overview', () => {
  test('has all messages by channel, and follows those that go', async () => {
    const { seed, client } = await openSeeded();
    expect((await client.stats.overview.query()).messages).toEqual({ ...none, email: 3, whatsapp: 2 });
    await service.db.rows(
      sql`delete from message where workspace_id = ${seed.workspace} and channel = 'whatsapp'`,
    );
    expect((await client.stats.overview.query()).messages).toEqual({ ...none, email: 3 });
  });

  test('counts for review what the review list holds', async () => {
    const { seed, client } = await service.tenant();
    const candidates = ['93', '94'];
    const claimed = { status: 'ambiguous', candidates } as const;
    const ana = await seed.participant({ identifier: 'ana@lima.example', ...claimed });
    await seed.participant({ identifier: 'bo@lima.example', recordId: '93', candidates: ['94'] });
    await seed.participant({ identifier: 'eve@lima.example', ...claimed, dismissed: true });
    await seed.participant({ identifier: 'a@lima.example', ...claimed, mergedInto: ana });
    await seed.participant({ identifier: 'nobody@lima.example' });
    const { review } = await client.stats.overview.query();
    expect(review).toBe(2);
    expect((await client.review.list.query()).items).toHaveLength(review);
  });
});

test('pipelines.list has the pipelines by name, and says of each field whether it identifies', async () => {
  const { seed, client } = await service.tenant();
  await seed.pipeline('leads', [{ key: 'url', type: 'url' }]);
  await seed.pipeline(
    'contacts',
    [
      { key: 'email', type: 'email' },
      { key: 'billing', type: 'email', identifies: false },
      { key: 'notes', type: 'text' },
      { key: 'ids', type: 'text', identifies: true },
    ],
    'FR',
  );
  expect((await client.pipelines.list.query()).items).toEqual([
    {
      pipeline: 'contacts',
      fields: [
        { key: 'email', type: 'email', identifies: true },
        { key: 'billing', type: 'email', identifies: false },
        { key: 'notes', type: 'text', identifies: false },
        { key: 'ids', type: 'text', identifies: true },
      ],
      defaultCountry: 'FR',
    },
    { pipeline: 'leads', fields: [{ key: 'url', type: 'url', identifies: true }], defaultCountry: null },
  ]);
});
