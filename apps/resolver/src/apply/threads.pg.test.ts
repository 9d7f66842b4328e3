/*
 * Threads are connected components over message ids. Each case is played in every order of arrival, one message a
 * batch, and leaves the same threads; ids that nobody ever sends join what refers to them all the same.
 */
import { openTestDatabase } from '@kith/database/testing';
import { testRuns } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, chat, mail } from '../../test/deliveries.ts';
import { ordersOf, permutationsOf } from '../../test/permutations.ts';
import { stateOf } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';
import type { Arrived } from './decode.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = '2026-03-02T09:00:00.000Z';
let count = 0;

/** Plays the batches in a workspace of their own. */
async function play(batches: readonly Arrived[][]): Promise<string> {
  const workspace = `w${(count += 1)}`;
  for (const batch of batches) {
    const here = batch.map((one) => ({ ...one, delivery: { ...one.delivery, workspace } }));
    await database.db.write(workspace, (tx) => applyBatch(tx, here, at));
  }
  return workspace;
}

/** Which messages, by their own ids, are together; and all that is shown of the conversations. */
async function threadsOf(workspace: string): Promise<{ groups: string[]; conversations: string }> {
  const rows = await database.db.rows<{ ids: string }>(sql`
    select string_agg(replace(subject, 'About ', ''), ' ' order by subject) as ids from message
    where workspace_id = ${workspace} group by conversation_id order by 1`);
  const { conversations } = (await stateOf(database.db, workspace)) as { conversations: object[] };
  return { groups: rows.map(({ ids }) => ids), conversations: JSON.stringify(conversations) };
}

/** Messages by their ids, each with the ids it refers to. The time of day follows the order here. */
type Case = Record<string, string[]>;

const deliver = (messages: Case, id: string): Arrived => {
  const minute = String(Object.keys(messages).indexOf(id)).padStart(2, '0');
  return arrived([mail({ id, refs: messages[id] ?? [], sentAt: `2026-03-01T08:${minute}:00.000Z` })]);
};

const cases: [string, Case, string[]][] = [
  ['a chain', { a: [], b: ['a'], c: ['b'], d: ['c'] }, ['a b c d']],
  ['a fork', { a: [], b: ['a'], c: ['a'], d: ['b'] }, ['a b c d']],
  ['a missing root', { a: ['root'], b: ['root'], c: ['root'], d: [] }, ['a b c', 'd']],
  ['a missing middle', { a: ['x'], b: ['x', 'y'], c: ['y', 'z'], d: ['z'] }, ['a b c d']],
  ['three threads joined at once', { a: [], b: [], c: [], d: ['a', 'b', 'c'] }, ['a b c d']],
  ['two threads joined, one not', { a: [], b: [], c: ['a', 'b'], d: [] }, ['a b c', 'd']],
  ['references to oneself and in a circle', { a: ['a'], b: ['c'], c: ['d'], d: ['b'] }, ['a', 'b c d']],
  ['two threads that nothing joins', { a: [], b: ['a'], c: [], d: ['c'] }, ['a b', 'c d']],
  ['ids that differ in case alone', { a: ['X'], b: ['x'], c: ['X'], d: ['x'] }, ['a c', 'b d']],
  [
    'two pairs and the mail between',
    { a: ['x'], b: ['x'], c: ['y'], d: ['y'], e: ['b', 'd'] },
    ['a b c d e'],
  ],
];

test.each(cases)(
  '%s: every order of arrival gives the same threads',
  async (_, messages, expected) => {
    const ids = Object.keys(messages);
    const seen = new Set<string>();
    for (const orders of chunksOf(ordersOf(ids), 8)) {
      const found = await Promise.all(
        orders.map(async (order) => ({
          order: order.join(' '),
          ...(await threadsOf(await play(order.map((id) => [deliver(messages, id)])))),
        })),
      );
      for (const { groups, conversations } of found) {
        expect(groups).toEqual(expected);
        seen.add(conversations);
      }
    }
    expect([...seen]).toHaveLength(1);
  },
  120_000,
);

test('any references give the components of the graph, in any order and batching', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const graph = fc.tuple(...ids.map(() => fc.subarray([...ids, 'x', 'y'], { maxLength: 2 })));
  const order = fc.shuffledSubarray([...ids, ...ids], { minLength: ids.length * 2 });
  await fc.assert(
    fc.asyncProperty(graph, order, fc.integer({ min: 1, max: 5 }), async (refs, arrival, size) => {
      const messages = Object.fromEntries(ids.map((id, index) => [id, refs[index] ?? []]));
      const deliveries = arrival.map((id) => deliver(messages, id));
      const { groups } = await threadsOf(await play(chunksOf(deliveries, size)));
      expect(groups).toEqual(componentsOf(messages));
    }),
    { numRuns: testRuns(25) },
  );
});

/** The components, found the slow way: everything reachable, until nothing is added. */
function componentsOf(messages: Case): string[] {
  const groups = Object.entries(messages).map(([id, refs]) => new Set([id, ...refs]));
  for (const group of groups) {
    for (let before = 0; before !== group.size;) {
      before = group.size;
      for (const other of groups) {
        if ([...other].some((id) => group.has(id))) for (const id of other) group.add(id);
      }
    }
  }
  const own = groups.map((group) =>
    Object.keys(messages)
      .filter((id) => group.has(id))
      .join(' '),
  );
  return [...new Set(own)].toSorted();
}

test('a mail that refers to 199 others is in the thread of each of them', async () => {
  const refs = Array.from({ length: 199 }, (_, index) => `ref${index}`);
  const messages = { long: refs, first: ['ref0'], last: ['ref198'] };
  for (const order of permutationsOf(Object.keys(messages))) {
    const { groups } = await threadsOf(await play(order.map((id) => [deliver(messages, id)])));
    expect(groups).toEqual(['first last long']);
  }
});

test('a copy of a stored mail that refers to more joins what it refers to', async () => {
  const words = { id: 'a', text: 'same', sentAt: '2026-03-01T08:00:00.000Z' };
  const workspace = await play([
    [arrived([mail(words)])],
    [arrived([mail({ id: 'b' })])],
    [arrived([mail({ ...words, refs: ['b'] })])],
  ]);
  expect((await threadsOf(workspace)).groups).toEqual(['a b']);
});

test('every id that went, in however many merges, resolves to the thread that is left', async () => {
  const ids = ['a', 'b', 'c', 'd'];
  const merging = {
    ...Object.fromEntries(ids.map((id) => [id, []])),
    x: ['c', 'd'],
    y: ['b', 'x'],
    z: ['a', 'y'],
  };
  const workspace = await play(Object.keys(merging).map((id) => [deliver(merging, id)]));
  const aliases = await database.db.rows(sql`
    select count(*)::int as aliases, count(c.id)::int as resolved from conversation_alias a
    left join conversation c on c.workspace_id = a.workspace_id and c.id = a.conversation_id
    where a.workspace_id = ${workspace}`);
  expect(aliases).toEqual([{ aliases: 3, resolved: 3 }]);
});

test('the same key on each channel is another conversation', async () => {
  const phone = { kind: 'phone', value: '+5511987654321' } as const;
  const member = { kind: 'linkedin_member', value: 'urn:li:member:42' } as const;
  const workspace = await play([
    [
      arrived([mail({ id: 'same-key' })]),
      arrived([chat({ id: '1', channel: 'whatsapp', from: [phone], chat: 'same-key' })], {
        channel: 'whatsapp',
      }),
      arrived([chat({ id: '1', channel: 'linkedin', from: [member], chat: 'same-key' })], {
        channel: 'linkedin',
      }),
    ],
  ]);
  expect(await stateOf(database.db, workspace)).toMatchObject({
    conversations: ['email', 'linkedin', 'whatsapp'].map((channel) => ({ channel, message_count: 1 })),
  });
});

test('a chat that one payload calls direct and another a group is a group, in either order', async () => {
  const from = [{ kind: 'phone', value: '+5511987654321' }] as const;
  const said = (id: string, kind: 'direct' | 'group') =>
    arrived([chat({ id, channel: 'whatsapp', from, kind })], { channel: 'whatsapp' });
  for (const batches of [
    [[said('1', 'direct')], [said('2', 'group')]],
    [[said('1', 'group')], [said('2', 'direct')]],
    [[said('1', 'group'), said('2', 'direct')]],
  ]) {
    expect(await stateOf(database.db, await play(batches))).toMatchObject({
      conversations: [{ kind: 'group', message_count: 2 }],
    });
  }
});

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
