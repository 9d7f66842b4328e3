import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRetryable, isTransactionConflict } from './failures.ts';
import { authenticateKey, createApiKey, revokeApiKey } from './keys.ts';
import { rowSet } from './parameters.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('the changes of one workspace happen one after another, those of two side by side', async () => {
  const { db } = database;
  const inside: string[] = [];
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = db.write('one', async () => {
    inside.push('first');
    await held;
    inside.push('first ends');
  });
  await expect.poll(() => inside).toEqual(['first']);
  const second = db.write('one', async () => void inside.push('second'));
  await db.write('two', async () => void inside.push('other workspace'));
  release();
  await Promise.all([first, second]);
  expect(inside).toEqual(['first', 'other workspace', 'first ends', 'second']);
});

test('a change that throws leaves nothing behind', async () => {
  const { db } = database;
  const failing = db.write('rolled', async (tx) => {
    await tx.rows(sql`insert into workspace (id) values ('rolled')`);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await db.rows(sql`select id from workspace where id = 'rolled'`)).toEqual([]);
});

test('a connection that is killed inside a transaction fails it as retryable and is replaced', async () => {
  const { db } = database;
  for (let round = 0; round < 15; round += 1) {
    const killed = db.write('killed', async (tx) => {
      const [own] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await db.rows(sql`select pg_terminate_backend(${own?.pid}::int)`);
      await tx.rows(sql`select 1`);
    });
    const err: unknown = await killed.catch((cause: unknown) => cause);
    expect(isRetryable(err)).toBe(true);
  }
  await db.ping();
});

test('times are ISO 8601 in UTC, whole numbers are numbers', async () => {
  const rows = await database.db.rows(sql`
    select '2026-03-01 11:00:00.123+01'::timestamptz as at, 9007199254740991::bigint as n`);
  expect(rows).toEqual([{ at: '2026-03-01T10:00:00.123Z', n: 9007199254740991 }]);
});

test('a set of rows travels as one parameter, also an empty one', async () => {
  const query = (rows: object[]) => database.db.rows(sql`select a, b from ${rowSet(rows, 'a int, b text')}`);
  expect(await query([{ a: 1, b: "it's" }, { a: 2 }])).toEqual([
    { a: 1, b: "it's" },
    { a: 2, b: null },
  ]);
  expect(await query([])).toEqual([]);
});

test('a key gives its workspace until it is revoked, and only its hash is stored', async () => {
  const { db } = database;
  const { apiKey, keyId } = await createApiKey(db, { workspace: 'acme', name: 'test' });
  expect(await authenticateKey(db, apiKey)).toEqual({ workspace: 'acme', keyId });
  expect(await authenticateKey(db, `${apiKey}x`)).toBeNull();
  expect(JSON.stringify(await db.rows(sql`select * from api_key`))).not.toContain(apiKey);
  await expect(revokeApiKey(db, { workspace: 'other', keyId })).rejects.toMatchObject({
    code: 'key_not_found',
  });
  await revokeApiKey(db, { workspace: 'acme', keyId });
  expect(await authenticateKey(db, apiKey)).toBeNull();
});

test('errors are sorted into those that pass and those that stay', () => {
  const withCode = (code: string) => Object.assign(new Error('failed'), { code });
  expect(
    ['08006', '57P01', '53300', 'ECONNREFUSED', '40P01', '55P03'].map((code) => isRetryable(withCode(code))),
  ).toEqual(Array.from({ length: 6 }, () => true));
  expect(['22P05', '23505', '42703', 'ENOENT'].map((code) => isRetryable(withCode(code)))).toEqual(
    Array.from({ length: 4 }, () => false),
  );
  expect(isRetryable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isTransactionConflict(withCode('40P01'))).toBe(true);
  expect(isTransactionConflict(withCode('23505'))).toBe(false);
});
