/*
 * Clearing, in every scope, on workspaces that were filled by deliveries: what goes is what was told beforehand, what is
 * left holds together, nobody else loses anything, and the same deliveries bring everything back.
 */
import type { Database } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyHistory, arrive, people, type Told } from '../../test/any-history.ts';
import { openCrm } from '../../test/crm.ts';
import { violationsOf } from '../../test/invariants.ts';
import { countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { linkByPerson, manualLink, unlinkByPerson } from '../decisions/link-by-person.ts';
import { type ClearRequest, clearWorkspace, previewClear } from './clear-workspace.ts';
import type { Scope } from './scope.ts';
import { clearedTables, keptTables, tablesAskedFor } from './tables.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

const at = '2026-03-02T09:00:00.000Z';
const stamp = { at, actor: 'key:test' };
const everything: ClearRequest = {
  scope: { kind: 'everything' },
  records: false,
  accounts: false,
  decisions: false,
};
const now = () => new Date(at);

/** Clears as the command line does: again and again until it is done. */
async function clearAll(workspace: string, request: ClearRequest, workMs = 5_000) {
  const total: Record<string, number> = {};
  for (;;) {
    const { cleared, done } = await clearWorkspace(db, { workspace, ...request }, { now, workMs });
    for (const [table, count] of Object.entries(cleared)) total[table] = (total[table] ?? 0) + count;
    if (done) return total;
  }
}

async function play(workspace: string, history: readonly Told[]): Promise<void> {
  for (const [index, told] of history.entries()) {
    await db.write(workspace, (tx) => applyBatch(tx, [arrive(told, index, workspace)], at));
  }
}

/** Somebody of the workspace, by a number; undefined where there is nobody. */
async function pick(workspace: string, number: number): Promise<string | undefined> {
  const rows = await db.rows<{ id: string }>(sql`select id from participant
    where workspace_id = ${workspace} and merged_into is null and status <> 'internal' order by id`);
  return rows.length === 0 ? undefined : rows[number % rows.length]?.id;
}

const decisions = fc.array(fc.record({ who: fc.nat(), isLink: fc.boolean() }), { maxLength: 2 });

async function decideAll(workspace: string, words: readonly { who: number; isLink: boolean }[]) {
  for (const { who, isLink } of words) {
    const participantId = await pick(workspace, who);
    if (participantId === undefined) continue;
    const request = { participantId, recordId: '95', ...manualLink };
    await db.write(workspace, (tx) =>
      isLink
        ? linkByPerson(tx, [request], { ...stamp, field: String })
        : unlinkByPerson(tx, [participantId], { ...stamp, field: String }),
    );
  }
}

async function fill(workspace: string, history: readonly Told[]): Promise<void> {
  await holdRecords(
    db,
    [
      { recordId: '93', identifiers: people.email.slice(0, 1).concat(people.whatsapp.slice(0, 1)) },
      { recordId: '95', identifiers: people.linkedin.slice(0, 1) },
    ],
    workspace,
  );
  await play(workspace, history);
}

/** With the ids that others hold: they follow from what was delivered. */
async function stateWithIds(workspace: string): Promise<object> {
  const [state, conversations, participants] = await Promise.all([
    stateOf(db, workspace),
    db.rows(sql`select id, channel, kind from conversation where workspace_id = ${workspace} order by id`),
    db.rows(sql`select id, record_id, method, confidence, manual from participant
      where workspace_id = ${workspace} order by id`),
  ]);
  return { state, conversations, participants };
}

const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'everything' as const }) },
  fc.record({
    kind: fc.constant('channel' as const),
    channel: fc.constantFrom('email', 'whatsapp', 'linkedin'),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('account' as const),
      accountId: fc.constantFrom('email-1', 'whatsapp-1', 'linkedin-2'),
    }),
  },
  fc.record({ kind: fc.constant('record' as const), recordId: fc.constantFrom('93', '95') }),
);

test('what a dry run tells is what goes, and what is left holds together', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, decisions, scopes, async (history, words, scope) => {
      const workspace = `w${(run += 1)}`;
      await fill(workspace, history);
      await decideAll(workspace, words);
      const before = await stateWithIds(workspace);
      const request = { ...everything, scope };
      const preview = await previewClear(db, { workspace, ...request });
      expect(await clearAll(workspace, request)).toEqual(preview.cleared);
      expect(await violationsOf(db, workspace)).toEqual([]);
      if (scope.kind !== 'everything') return;
      await play(workspace, history);
      expect(await stateWithIds(workspace)).toEqual(before);
    }),
    { numRuns: Number(process.env['KITH_TEST_CLEARS'] ?? 25) },
  );
}, 240_000);
