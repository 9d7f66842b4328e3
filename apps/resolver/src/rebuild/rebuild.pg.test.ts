import { populate } from '@kith/database/population';
import { openTestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rebuild, type RebuildPosition, type Rebuilt } from './rebuild.ts';

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
      union all select 'day', day::text, channel, count::text, null from message_day
      order by 1, 2, 3, 4`);
  const kept = await state();
  expect(kept.length).toBeGreaterThan(2_000);
  await db.rows(sql`delete from record_conversation where record_id = '2'`);
  await db.rows(sql`delete from record_message where record_id = '1' and channel = 'email'`);
  await db.rows(sql`update record_channel set message_count = 7`);
  await db.rows(sql`insert into record_channel values (${workspace}, 'unknown', 'email', 1, 1)`);
  await db.rows(sql`update message_day set count = 7 where channel = 'email'`);
  await db.rows(sql`insert into message_day values (${workspace}, '2020-01-01', 'email', 1)`);
  let rows = 0;
  const steps: string[] = [];
  for (let next: RebuildPosition | null | undefined; next !== null;) {
    const done: Rebuilt = await rebuild(db, { workspace, from: next }, { workMs: 0 });
    rows += done.rows;
    next = done.next;
    if (next !== null && steps.at(-1) !== next.step) steps.push(next.step);
  }
  expect(steps).toEqual(['lists', 'records', 'participants', 'messages']);
  expect(await state()).toEqual(kept);
  const [found] = await db.rows<{ count: number }>(sql`
    select (select count(*) from message_search) + (select count(*) from record_search)
      + (select count(*) from participant_search) + (select count(*) from message_day) + 20 + 1 as count`);
  expect(rows).toBe(found?.count);
});
