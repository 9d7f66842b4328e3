/*
 * Invariant 6 on a million messages: each hot read stays within its budget (test/budgets.ts), and each index of the
 * tables it reads is needed for that, so that a lost one fails here before somebody waits for a page.
 */
import { createApiKey, openDatabase, type Rows } from '@kith/database';
import { populate } from '@kith/database/population';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Budget } from '../test/budget.ts';
import { budgets, otherIndexes, pageRowsMax } from '../test/budgets.ts';
import { costOf } from '../test/costs.ts';
import { findPlaces, type Places, writeHistory } from '../test/places.ts';

let database: TestDatabase;
let places: Places;
const workspace = 'large';
/** Fewer where time is short; a read costs nearly the same. Less than 400,000 have no page 1,001. */
const messages = Number(process.env['KITH_TEST_BUDGET_MESSAGES'] ?? 1_000_000);

beforeAll(async () => {
  database = await openTestDatabase();
  await using loading = openDatabase({
    url: database.url,
    name: 'kith-test',
    statementTimeoutMs: 300_000,
  });
  const others = (await readIndexes(loading)).filter(({ name }) => Object.hasOwn(otherIndexes, name));
  expect(others.map(({ name }) => name)).toEqual(Object.keys(otherIndexes).toSorted());
  for (const { drop } of others) await loading.rows(sql.raw(drop));
  const population = await populate(loading, {
    workspace,
    messages,
    words: 6,
  });
  await writeHistory(loading, workspace);
  const { apiKey } = await createApiKey(loading, { workspace, name: 'CRM' });
  places = await findPlaces(loading, { ...population, workspace, apiKey });
}, 600_000);
afterAll(() => database[Symbol.asyncDispose]());

test.each(budgets)('$ask', async (budget) => {
  expect(await overspent(database.db, budget)).toEqual([]);
});

test('no index that is there for hot reads can be lost unnoticed', async () => {
  const unnoticed: string[] = [];
  for (const index of await readIndexes(database.db)) {
    if (!(await isMissed(index))) unnoticed.push(index.name);
  }
  expect(unnoticed).toEqual([]);
}, 120_000);

/** What of a budget is not kept, in words. */
async function overspent(db: Rows, budget: Budget): Promise<string[]> {
  const cost = await costOf(db, (rows) => budget.read(rows, places));
  const { statements, buffers, rowsGathered = pageRowsMax } = budget;
  if (cost.tooDear !== null) return [`Postgres expects it to cost ${cost.tooDear}`];
  return [
    ...(cost.statements === statements ? [] : [`${cost.statements} statements and not ${statements}`]),
    ...(cost.buffers <= buffers ? [] : [`${cost.buffers} buffers of ${buffers}: ${budget.because}`]),
    ...(cost.rowsGathered <= rowsGathered ? [] : [`sorts or hashes ${cost.rowsGathered} rows`]),
    ...cost.tablesRead.map((table) => `reads all of ${table}`),
  ];
}

/** The tables that hot reads read. */
const tables = [
  'record',
  'record_identifier',
  'record_conversation',
  'record_message',
  'record_channel',
  'participant',
  'participant_identifier',
  'conversation',
  'conversation_participant',
  'message',
  'message_participant',
  'message_search',
  'message_day',
  'link_event',
];

interface Index {
  name: string;
  drop: string;
}

function readIndexes(db: Rows): Promise<Index[]> {
  return db.rows<Index>(sql`
    select i.indexrelid::regclass::text as name, case when i.indisprimary
      then format('alter table %s drop constraint %I', i.indrelid::regclass, c.relname)
      else format('drop index %s', i.indexrelid::regclass) end as drop
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = any(${sql.raw(`array['${tables.join("','")}']::regclass[]`)}) order by 1`);
}

/** Whether some budget is not kept without the index: that is tried in a transaction that is taken back. */
async function isMissed({ drop }: Index): Promise<boolean> {
  const takenBack = new Error('taken back');
  let isMissing = false;
  const tried = database.db.write(workspace, async (tx) => {
    await tx.rows(sql.raw(drop));
    for (const budget of budgets) {
      isMissing = (await overspent(tx, budget)).length > 0;
      if (isMissing) break;
    }
    throw takenBack;
  });
  await expect(tried).rejects.toBe(takenBack);
  return isMissing;
}
