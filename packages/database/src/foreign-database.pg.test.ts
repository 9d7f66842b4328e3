import { expect, test } from 'vitest';
import { openForeignDatabase } from './foreign-database.ts';
import { openEmptyDatabase, runScript } from './testing.ts';

test('a snapshot reads one moment in UTC, and the server itself refuses a write in it', async () => {
  await using other = await openEmptyDatabase();
  await runScript(other.url, "create table t (at timestamp); insert into t values ('2026-03-01 10:00')");
  await using foreign = openForeignDatabase({ url: other.url, name: 'kith-test' });
  const counts = await foreign.snapshot(async (at) => {
    const before = await at.rows<{ at: string }>('select to_jsonb(at::timestamptz) as at from t');
    await runScript(other.url, 'insert into t values (now())');
    return [before, await at.rows('select count(*) as count from t')];
  });
  expect(counts).toEqual([[{ at: '2026-03-01T10:00:00+00:00' }], [{ count: 1 }]]);
  const write = foreign.snapshot((at) => at.rows('delete from t'));
  await expect(write).rejects.toMatchObject({ code: '25006' });
  expect(await foreign.snapshot((at) => at.rows('select count(*) as count from t'))).toEqual([{ count: 2 }]);
});
