import { populate } from '@kith/database/population';
import { openTestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rebuild } from './rebuild.ts';

test('a rebuild goes through every record in steps, and makes again exactly what was there', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const workspace = 'acme';
  await populate(db, { workspace, messages: 2_000 });
  const state = () =>
    db.rows(sql`
      select 'conversation' as of, record_id, channel, conversation_id::text as what, last_message_at as at
        from record_conversation
      union all select 'message', record_id, channel, message_id::text, sent_at from record_message
      union all select 'count', record_id, channel, conversation_count || ' ' || message_count, null from record_channel
      order by 1, 2, 3, 4`);
  const kept = await state();
  expect(kept.length).toBeGreaterThan(2_000);
  await db.rows(sql`delete from record_conversation where record_id = '2'`);
  await db.rows(sql`delete from record_message where record_id = '1' and channel = 'email'`);
  await db.rows(sql`update record_channel set message_count = 7`);
  await db.rows(sql`insert into record_channel values (${workspace}, 'unknown', 'email', 1, 1)`);
  let [after, calls, records] = ['', 0, 0];
  for (let more = true; more;) {
    const done = await rebuild(db, { workspace, after }, { workMs: 0 });
    calls += 1;
    records += done.records;
    more = done.next !== null;
    after = done.next ?? after;
  }
  expect({ records, isInSteps: calls > 1 }).toEqual({ records: 21, isInSteps: true });
  expect(await state()).toEqual(kept);
});
