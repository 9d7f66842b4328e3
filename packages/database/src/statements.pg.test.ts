import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { isRetryable } from './failures.ts';
import { type ObservedCall, observeStatements } from './observed-call.ts';
import type { SlowStatement } from './slow-statements.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const call: ObservedCall = { name: 'records.timeline', requestId: 'one', signal: undefined };
const oneConnection = { name: 'kith-test-one', connectionsMax: 1 };

async function pidOf(db: Database): Promise<number | undefined> {
  const [row] = await db.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row?.pid;
}

/** What the server says that a connection does, asked over another one. */
async function activityOf(pid: number | undefined): Promise<{ state: string; query: string } | undefined> {
  const [row] = await database.db.rows<{ state: string; query: string }>(
    sql`select state, query from pg_stat_activity where pid = ${pid}::int`,
  );
  return row;
}

describe('a statement', () => {
  test('that takes too long ends as too_slow, and its connection goes on', async () => {
    await using db = openDatabase({ ...oneConnection, url: database.url, statementTimeoutMs: 100 });
    const pid = await pidOf(db);
    const err: unknown = await db.rows(sql`select pg_sleep(20)`).catch((cause: unknown) => cause);
    expect(err).toMatchObject({ code: 'too_slow' });
    expect(isRetryable(err)).toBe(true);
    expect(await pidOf(db)).toBe(pid);
  });

  test('that fails leaves its connection to the next', async () => {
    await using db = openDatabase({ ...oneConnection, url: database.url });
    const pid = await pidOf(db);
    await expect(db.rows(sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
    expect(await pidOf(db)).toBe(pid);
  });

  test('whose call is over is cancelled in Postgres, and those that wait are never begun', async () => {
    await using db = openDatabase({ ...oneConnection, url: database.url });
    const pid = await pidOf(db);
    const leaving = new AbortController();
    const { value } = await observeStatements({ ...call, signal: leaving.signal }, async () => {
      const running = db.rows(sql`select pg_sleep(20)`);
      const waiting = db.rows(sql`insert into workspace (id) values ('never')`);
      await expect.poll(async () => (await activityOf(pid))?.state).toBe('active');
      leaving.abort();
      return Promise.allSettled([running, waiting, db.rows(sql`select 1`)]);
    });
    const cancelled = { status: 'rejected', reason: { code: 'cancelled' } };
    expect(value).toMatchObject([cancelled, cancelled, cancelled]);
    expect((await activityOf(pid))?.state).toBe('idle');
    expect(await pidOf(db)).toBe(pid);
    expect(await db.rows(sql`select id from workspace where id = 'never'`)).toEqual([]);
  });

  test('is never hit by a request to cancel the one before it', async () => {
    await using db = openDatabase({ ...oneConnection, url: database.url });
    const pid = await pidOf(db);
    for (let round = 0; round < 60; round += 1) {
      const leaving = new AbortController();
      const ended = observeStatements({ ...call, signal: leaving.signal }, () =>
        db
          .rows(sql`select pg_sleep(0.004)`)
          .catch((err: unknown) => expect(err).toMatchObject({ code: 'cancelled' })),
      );
      // Some of these meet the statement before it begins, some in the middle, some at its end.
      await delay(round % 6);
      leaving.abort();
      const next = db.rows(sql`select pg_sleep(0.002)`);
      await Promise.all([ended, next]);
    }
    expect(await pidOf(db)).toBe(pid);
  });

  test('of a change is not cancelled with its call', async () => {
    const { db } = database;
    const leaving = new AbortController();
    await observeStatements({ ...call, signal: leaving.signal }, () =>
      db.write('kept', async (tx) => {
        leaving.abort();
        await tx.rows(sql`insert into workspace (id) values ('kept')`);
      }),
    );
    expect(await db.rows(sql`select id from workspace where id = 'kept'`)).toHaveLength(1);
  });

  test('leads with the names of its call and of the file that asks, and is counted', async () => {
    const own = sql<{ query: string }>`select query from pg_stat_activity where pid = pg_backend_pid()`;
    const { value, costs } = await observeStatements(call, async () => {
      await database.db.rows(sql`select generate_series(1, 4), pg_sleep(0.01)`);
      return database.db.rows<{ query: string }>(own);
    });
    expect(value[0]?.query).toMatch(/^\/\* records\.timeline statements\.pg\.test \*\/ select query/);
    expect(costs).toMatchObject({ statements: 2, rows: 5 });
    expect(costs.seconds).toBeGreaterThan(0.04);
    expect(costs.seconds).toBeLessThan(5);
  });
});

test('a slow statement is told with its plan and without a word of what was asked for', async () => {
  const told: SlowStatement[] = [];
  const slowStatements = { afterMs: 20, report: (slow: SlowStatement) => void told.push(slow) };
  await using db = openDatabase({ url: database.url, name: 'kith-test-slow', slowStatements });
  const address = 'ana@lima.example';
  const search = () =>
    db.rows(sql`select i.value, pg_sleep(0.03) from (select 1) one left join participant_identifier i
      on i.workspace_id = ${'acme'} and i.kind = 'email' and i.value = ${address} limit ${5}`);
  await observeStatements(call, search);
  await expect.poll(() => told).toHaveLength(1);
  await search();
  await db.write('slow', (tx) =>
    tx.rows(sql`insert into workspace (id) select ${address} from pg_sleep(0.03)`),
  );
  await db.rows(sql`select 1`);
  await expect.poll(() => told).toHaveLength(3);
  const name = 'statements.pg.test';
  expect(told).toMatchObject([
    { statement: `records.timeline ${name}`, rows: 1, outcome: 'ok', requestId: 'one' },
    { statement: name, requestId: undefined, plan: [{ Plan: {} }] },
    { statement: name, rows: 0, plan: null },
  ]);
  expect(told[0]?.milliseconds).toBeGreaterThanOrEqual(30);
  expect(JSON.stringify(told[0]?.plan)).toContain('participant_identifier');
  expect(JSON.stringify(told)).not.toMatch(/lima|acme/);
});
