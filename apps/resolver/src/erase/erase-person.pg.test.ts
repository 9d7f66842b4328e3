/*
 * Erasing a person: nothing of them is left, nothing of them comes back with the same deliveries, whatever their order,
 * and what concerns others stays as it is.
 */
import { openTestDatabase } from '@kith/database/testing';
import { createKeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyHistory, arrive, people, type Told } from '../../test/any-history.ts';
import { arrived, chat, externalIdOf, mail } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import type { Arrived } from '../apply/decode.ts';
import { erasePerson, previewErasure } from './erase-person.ts';
import { findPerson, type PersonInput } from './find-person.ts';
import { leaveOutErased } from './leave-out-erased.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = '2026-03-02T09:00:00.000Z';
const hash = createKeyedHash(Buffer.alloc(32, 7).toString('base64'), 'erasure');
const options = { hash, actor: 'key:test', now: () => new Date(at), workMs: 5_000 };

/** As the resolver takes deliveries in; answers how the items ended. */
const take = (workspace: string, batch: readonly Arrived[]) =>
  database.db.write(workspace, async (tx) => {
    const settled = await applyBatch(tx, await leaveOutErased(tx, batch, { at, hash }), at);
    return settled.flatMap(({ outcomes }) => outcomes);
  });

const play = async (workspace: string, history: readonly Told[], order: readonly number[]) => {
  for (const index of order) {
    const told = history[index];
    if (told !== undefined) await take(workspace, [arrive(told, index, workspace)]);
  }
};

async function eraseAll(workspace: string, person: PersonInput) {
  const total: Record<string, number> = {};
  for (;;) {
    const { erased, done } = await erasePerson(database.db, { workspace, person }, { ...options, workMs: 0 });
    for (const [table, count] of Object.entries(erased)) total[table] = (total[table] ?? 0) + count;
    if (done) return total;
  }
}

/** Every table of the workspace in which a text stands, but for those of the CRM's records. */
async function tablesWith(workspace: string, text: string): Promise<string[]> {
  const tables = await database.db.rows<{ name: string }>(sql`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' and table_name !~ '^record' order by 1`);
  const found = tables.map(
    ({ name }) => sql`select ${name} as name from ${sql.raw(name)} t
      where workspace_id = ${workspace} and t::text like ${`%${text}%`}`,
  );
  const rows = await database.db.rows<{ name: string }>(sql`
    select distinct name from (${sql.join(found, sql` union all `)}) found order by 1`);
  return rows.map(({ name }) => name);
}

/** What is told of a person: a participant's identifiers, or a record's. */
const persons = fc.constantFrom<PersonInput>(
  { identifier: { kind: 'email', value: 'Ana@Lima.example' } },
  { identifier: { kind: 'phone', value: '+55 11 98765-4321' } },
  { identifier: { kind: 'linkedin_public', value: 'ana-lima' } },
  { recordId: '93' },
);

test('erased, a person is gone, and the same deliveries in any order bring nothing of them back', async () => {
  let run = 0;
  const histories = anyHistory.chain((history) =>
    fc.record({
      history: fc.constant(history),
      again: fc.shuffledSubarray([...history.keys()], { minLength: history.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(histories, persons, async ({ history, again }, person) => {
      const workspace = `e${(run += 1)}`;
      const { db } = database;
      const held = [...people.email.slice(0, 1), ...people.whatsapp.slice(0, 1)];
      await holdRecords(db, [{ recordId: '93', identifiers: held }], workspace);
      await play(workspace, history, [...history.keys()]);
      const preview = await previewErasure(db, { workspace, person }, options);
      const { identifiers } = await db.write(workspace, (tx) => findPerson(tx, person));
      expect(Object.fromEntries(Object.entries(await eraseAll(workspace, person)).toSorted())).toEqual(
        preview.erased,
      );
      const state = await stateOf(db, workspace);
      expect(await violationsOf(db, workspace)).toEqual([]);
      await play(workspace, history, again);
      expect(await stateOf(db, workspace)).toEqual(state);
      for (const { value } of identifiers) expect(await tablesWith(workspace, value)).toEqual([]);
      const { accepted = 0, ...ended } = await countsOf(db, workspace);
      expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(accepted);
    }),
    { numRuns: Number(process.env['KITH_TEST_ERASURES'] ?? 25) },
  );
}, 240_000);
