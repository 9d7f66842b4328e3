import { randomUUID } from 'node:crypto';
import { jsonb } from '@kith/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueryService, type QueryService } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

interface Words {
  origin?: 'webhook' | 'sync' | 'media';
  reason?: string;
  accountId?: string;
  raw?: string | null;
  isRecorded?: boolean;
}

test.each<[string, boolean, Words]>([
  ['a webhook whose body is kept', true, {}],
  ['a page of history whose body is kept', true, { origin: 'sync' }],
  ['an item that a parser made and the contracts refuse', true, { reason: 'invalid_delivery' }],
  ['a body that is not kept any more', false, { raw: null }],
  ['a file that a message named', false, { origin: 'media' }],
  ['what was no delivery at all', false, { reason: 'invalid_delivery', accountId: 'unknown' }],
  ['what belongs to no delivery that is known', false, { isRecorded: false }],
])('%s can be replayed: %s', async (_, replayable, words) => {
  const { seed, client } = await service.tenant();
  const {
    origin = 'webhook',
    reason = 'parse_failed',
    accountId = 'mail',
    raw = 'raw',
    isRecorded = true,
  } = words;
  const deliveryId = randomUUID();
  if (isRecorded) {
    await service.db.rows(sql`
      insert into delivery (workspace_id, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes)
      values (${seed.workspace}, ${deliveryId}, ${accountId}, 'email', 'mime', ${origin}, now(), 1,
        ${jsonb([{ outcome: 'dead_lettered', reason }])})`);
  }
  await service.db.rows(sql`
    insert into dead_letter (workspace_id, id, delivery_id, item_index, account_id, channel, provider, reason, detail,
      raw_blob)
    values (${seed.workspace}, ${randomUUID()}, ${deliveryId}, 0, ${accountId}, 'email', 'mime', ${reason}, 'x', ${raw})`);
  const { items } = await client.deliveries.deadLetters.query({});
  expect(items).toMatchObject([{ deliveryId, reason, replayable }]);
});
