/*
 * Invariant 6 of the checks: for one record they cost what is behind it, whatever lies in the workspace. Each statement
 * is explained before it runs: none reads a large table from end to end, nor all of a workspace through an index.
 */
import type { Rows } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHealthy } from '../../test/healthy.ts';
import { readAllPages } from '../../test/pages.ts';
import { decodeCursor } from '../cursor.ts';
import { verify, WalkPosition } from './verify.ts';
import { walks } from './walks.ts';

let database: TestDatabase;
const workspace = 'large';
const people = 1_500;

beforeAll(async () => {
  database = await openTestDatabase();
  await makeHealthy(database.db, workspace, people);
  await database.db.rows(sql`analyze`);
});
afterAll(() => database[Symbol.asyncDispose]());

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/** Of a few rows, which are read as a whole. */
const small =
  /^(account|account_identifier|team_identity|accounting_count|sync|sync_part|search_todo|message_change|message_status|record_hint|participant_(clue|decision|relation))$/;
const ofWholeWorkspace = /^\(workspace_id = [^()]*\)$/;

/** Notes what is read without being asked for, before a statement runs. */
function explaining(db: Rows, seen: Set<string>): Rows {
  const note = (node: PlanNode): void => {
    const table = node['Relation Name'] ?? node['Index Name'] ?? '';
    const isWhole = node['Node Type'] === 'Seq Scan' || ofWholeWorkspace.test(node['Index Cond'] ?? '');
    if (isWhole && !small.test(table)) seen.add(`${table}: ${node['Index Cond'] ?? 'all'}`);
    for (const inner of node.Plans ?? []) note(inner);
  };
  return {
    rows: async (query) => {
      const [explained] = await db.rows<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        sql`explain (format json, costs off) ${query}`,
      );
      for (const { Plan } of explained?.['QUERY PLAN'] ?? []) note(Plan);
      return db.rows(query);
    },
  };
}

test('no check of one record reads a whole table, or a whole workspace', async () => {
  const seen = new Set<string>();
  const scope = { workspace, recordId: 'r7' };
  const { checks, nextCursor } = await verify(explaining(database.db, seen), scope, undefined);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(nextCursor).toBeNull();
  expect([...seen]).toEqual([]);
});

test('a workspace is walked answer by answer, and every row is looked at once', async () => {
  const takenBack = new Error('taken back');
  const walked = database.db.write(workspace, async (tx) => {
    await tx.rows(sql`update conversation set preview = 'Something else'
      where workspace_id = ${workspace} and left(id::text, 1) < '4'`);
    const [planted] = await tx.rows<{ count: number }>(sql`
      select count(*) from conversation where workspace_id = ${workspace} and preview = 'Something else'`);
    const progress: number[] = [];
    const checks = await readAllPages(async (cursor) => {
      const from = decodeCursor(cursor, WalkPosition);
      const answer = await verify(tx, { workspace, recordId: undefined }, from);
      progress.push(answer.progress);
      return { items: answer.checks, nextCursor: answer.nextCursor };
    });
    const broken = checks.filter(({ ok }) => !ok);
    expect(new Set(broken.map(({ name }) => name))).toEqual(new Set(['conversations.show_their_messages']));
    expect(broken.reduce((sum, { count }) => sum + count, 0)).toBe(planted?.count);
    expect(new Set(checks.map(({ name }) => name)).size).toBe(walks.flatMap((walk) => walk.checks).length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    throw takenBack;
  });
  await expect(walked).rejects.toBe(takenBack);
});
