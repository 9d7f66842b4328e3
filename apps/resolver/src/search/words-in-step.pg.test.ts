/*
 * What search looks in follows from what is stored, whatever happened to it and in whichever order (Invariant 3): it is
 * always what it would be if it were written anew.
 */
import type { DeliveryItem } from '@kith/contracts';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { readQuery } from '@kith/search';
import { createKeyedHash } from '@kith/service';
import { testRuns } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyHistory, arrive } from '../../test/any-history.ts';
import { at, openCrm } from '../../test/crm.ts';
import { arrived, chat, externalIdOf } from '../../test/deliveries.ts';
import { wordsOutOfStep } from '../../test/words-in-step.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { clearWorkspace } from '../clear/clear-workspace.ts';
import { mergeRecords, unmergeRecords } from '../decisions/merge-records.ts';
import { erasePerson } from '../erase/erase-person.ts';
import { fillSearch } from './fill-at-start.ts';
import { rebuildSearch, type SearchPosition } from './rebuild-search.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const now = () => new Date(at);
const stamp = { at, actor: 'key:test' };

/** The messages that hold a word, by their texts. */
async function textsWith(workspace: string, word: string): Promise<string[]> {
  const rows = await database.db.rows<{ text: string }>(sql`
    select m.text from message_search s join message m on m.workspace_id = s.workspace_id and m.id = s.message_id
    where s.workspace_id = ${workspace} and s.words @@ ${readQuery(word)?.text ?? ''}::tsquery order by m.text`);
  return rows.map(({ text }) => text);
}

test('whatever deliveries tell, in any order, the words are those of what is stored', async () => {
  let run = 0;
  const histories = anyHistory.chain((history) =>
    fc.record({
      history: fc.constant(history),
      order: fc.shuffledSubarray([...history.keys(), ...history.keys()]),
    }),
  );
  await fc.assert(
    fc.asyncProperty(histories, async ({ history, order }) => {
      const workspace = `any-${(run += 1)}`;
      for (const index of order) {
        const told = history[index];
        if (told === undefined) continue;
        await database.db.write(workspace, (tx) => applyBatch(tx, [arrive(told, index, workspace)], at));
      }
      expect(await wordsOutOfStep(database.db, workspace)).toEqual([]);
    }),
    { numRuns: testRuns(6) },
  );
}, 120_000);

test('a message is found by its newest text and its people, and not at all once it was taken back or removed', async () => {
  const { workspace } = await openCrm(database.db);
  const lima = { kind: 'phone', value: '+5511987654321' } as const;
  const tell = (...items: DeliveryItem[]) =>
    database.db.write(workspace, (tx) =>
      applyBatch(tx, [arrived(items, { workspace, channel: 'whatsapp', accountId: 'sales' })], at),
    );
  const about = { messageId: externalIdOf('1', 'zebra'), at: null };
  await tell(
    chat({ id: '1', channel: 'whatsapp', from: [lima], text: 'zebra' }),
    chat({ id: '2', channel: 'whatsapp', from: [lima], text: 'giraffe' }),
  );
  expect(await textsWith(workspace, 'zebra')).toEqual(['zebra']);
  expect(await textsWith(workspace, '5511987654321')).toEqual(['giraffe', 'zebra']);
  await tell({ kind: 'edit', ...about, editId: 'e', text: 'okapi' });
  expect([await textsWith(workspace, 'zebra'), await textsWith(workspace, 'okapi')]).toEqual([[], ['zebra']]);
  await tell({ kind: 'deletion', ...about });
  expect(await textsWith(workspace, 'okapi')).toEqual([]);
  expect(await textsWith(workspace, '5511987654321')).toEqual(['giraffe']);
  const request = {
    scope: { kind: 'everything' },
    records: false,
    accounts: false,
    decisions: false,
  } as const;
  await clearWorkspace(database.db, { workspace, ...request }, { now, workMs: 5_000 });
  expect(await database.db.rows(sql`select 1 from message_search where workspace_id = ${workspace}`)).toEqual(
    [],
  );
});

test('records and participants are found by what they are called now, over merges, deletions and erasures', async () => {
  const crm = await openCrm(database.db);
  const { workspace } = crm;
  const names = async (kind: 'record' | 'participant', word: string) => {
    const rows = await database.db.rows<{ id: string }>(sql`
      select ${sql.raw(`${kind}_id`)}::text as id from ${sql.raw(`${kind}_search`)}
      where workspace_id = ${workspace} and words @@ ${`'${workspace} ${word}':*`}::tsquery order by 1`);
    return rows.map(({ id }) => id);
  };
  await crm.upsert('93', { email: 'ana@lima.example', phone: '+5511987654321' }, { title: 'Ana Lima' });
  await crm.upsert('95', { email: 'bo@costa.example' }, { title: 'Bo' });
  await crm.receive(
    { id: 'm1@x', name: 'Ana', cc: ['eve@y.example'] },
    { id: 'm2@x', from: 'bo@costa.example', cc: ['ana@lima.example'] },
  );
  expect([await names('record', '98765'), await names('record', 'costa')]).toEqual([['93'], ['95']]);
  expect(await names('participant', 'ana')).toHaveLength(1);
  await crm.upsert('93', { email: 'ana@new.example' });
  expect([await names('record', 'lima'), await names('record', 'new')]).toEqual([['93'], ['93']]);
  const { eventId } = await crm.write((tx) =>
    mergeRecords(tx, { recordId: '95', intoRecordId: '93' }, stamp),
  );
  expect([await names('record', 'costa'), await names('record', 'bo')]).toEqual([['93'], ['93']]);
  expect(await wordsOutOfStep(database.db, workspace)).toEqual([]);
  await crm.write((tx) =>
    unmergeRecords(tx, { eventId: eventId ?? 0, mergedRecordId: '95', members: [] }, stamp),
  );
  expect(await names('record', 'costa')).toEqual(['95']);
  await crm.remove('95');
  expect(await names('record', 'costa')).toEqual([]);
  const hash = createKeyedHash(Buffer.alloc(32, 7).toString('base64'), 'erasure');
  const person = { identifier: { kind: 'email', value: 'ana@lima.example' } } as const;
  await erasePerson(database.db, { workspace, person }, { hash, actor: 'key:test', now, workMs: 5_000 });
  expect([await names('participant', 'ana'), await textsWith(workspace, 'ana@lima.example')]).toEqual([
    [],
    [],
  ]);
  expect(await textsWith(workspace, 'bo@costa.example')).toHaveLength(1);
  expect(await wordsOutOfStep(database.db, workspace)).toEqual([]);
});

test('what an earlier version left without words gets them, slice by slice, once', async () => {
  const crm = await openCrm(database.db);
  const { workspace } = crm;
  await crm.upsert('93', { email: 'ana@lima.example' });
  await crm.receive({ id: 'm1@x' }, { id: 'm2@x' }, { id: 'm3@x' });
  const forget = async () => {
    for (const table of ['message_search', 'record_search', 'participant_search']) {
      await database.db.rows(sql`delete from ${sql.raw(table)} where workspace_id = ${workspace}`);
    }
  };
  await forget();
  await database.db.rows(sql`insert into search_todo (workspace_id, kind)
    values (${workspace}, 'messages'), (${workspace}, 'records'), (${workspace}, 'participants')`);
  expect(await fillSearch(database.db)).toBe(6);
  expect(await fillSearch(database.db)).toBe(0);
  expect(await wordsOutOfStep(database.db, workspace)).toEqual([]);
  await forget();
  const counts: number[] = [];
  for (let after: SearchPosition | null | undefined; after !== null;) {
    const { count, next } = await rebuildSearch(database.db, workspace, { after, limit: 2 });
    counts.push(count);
    after = next;
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
  expect(await wordsOutOfStep(database.db, workspace)).toEqual([]);
});
