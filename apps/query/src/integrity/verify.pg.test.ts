/*
 * Every check sees what it is there for, and nothing else: into a workspace where everything holds one fault is
 * planted at a time, and taken back.
 */
import type { Database, Rows } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultyWorkspace } from '../../test/faults/fault.ts';
import { faults } from '../../test/faults/index.ts';
import { makeHealthy } from '../../test/healthy.ts';
import { verify } from './verify.ts';
import { walks } from './walks.ts';

let database: TestDatabase;
let db: Database;
const workspace = faultyWorkspace;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ db } = database);
  // The very same rows in another workspace: a look-up that leaves its workspace out finds those.
  for (const each of [workspace, 'twin']) await makeHealthy(db, each, 3);
});
afterAll(() => database[Symbol.asyncDispose]());

/** The checks that fail, with the ids of what breaks them. */
async function violationsIn(rows: Rows, recordId?: string): Promise<Record<string, string[]>> {
  const { checks, nextCursor } = await verify(rows, { workspace, recordId }, undefined);
  expect(nextCursor).toBeNull();
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ name, violations }) => [name, violations]));
}

/** What the checks see of a fault, in the whole workspace or from a record. */
async function withFault(fault: string, recordId?: string): Promise<object> {
  const rollback = new Error('taken back');
  let seen = {};
  const planted = db.write(workspace, async (tx) => {
    await tx.rows(sql.raw(fault));
    seen = await violationsIn(tx, recordId);
    throw rollback;
  });
  await expect(planted).rejects.toBe(rollback);
  return seen;
}

test('a workspace where everything holds breaks no check, nor does one of its records', async () => {
  expect(await violationsIn(db)).toEqual({});
  for (const recordId of ['r1', 'r2', 'both 1', 'merged'])
    expect(await violationsIn(db, recordId)).toEqual({});
});

test.each(faults)('$check sees its fault: $plant', async (fault) => {
  const { plant, behind = 'r1' } = fault;
  const seen = { [fault.check]: [fault.id], ...fault.also };
  expect(await withFault(plant)).toEqual({ ...seen, ...fault.elsewhere });
  if (behind !== null) expect(await withFault(plant, behind)).toEqual(seen);
});

test('every check has a fault that it sees', () => {
  const names = walks.flatMap(({ checks }) => checks.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect([...new Set(faults.map(({ check }) => check))].toSorted()).toEqual(names.toSorted());
});
