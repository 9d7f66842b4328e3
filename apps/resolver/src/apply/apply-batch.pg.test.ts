import type { Tx } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { testRuns } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { clear, countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';
import type { Arrived } from './decode.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = '2026-03-02T08:00:01.000Z';
let count = 0;

/** Each history in a workspace of its own, so that one database serves the whole file. */
async function play(batches: Arrived[][], workspace = `w${(count += 1)}`): Promise<string> {
  for (const batch of batches) {
    const here = batch.map((one) => ({ ...one, delivery: { ...one.delivery, workspace } }));
    await database.db.write(workspace, (tx) => applyBatch(tx, here, at));
  }
  return workspace;
}

test('a mail becomes a message, its people participants, its thread a conversation', async () => {
  const workspace = await play([
    [arrived([mail({ id: 'a@x', name: 'Ana Lima', cc: ['bob@x.example'], text: 'Hello\n\n there' })])],
  ]);
  expect(await stateOf(database.db, workspace)).toMatchObject({
    participants: [
      { identifier: 'ana@lima.example', display_name: 'Ana Lima', status: 'unlinked', conversations: 1 },
      { identifier: 'bob@x.example', status: 'unlinked', conversations: 1 },
      { identifier: 'support@acme.example', status: 'unlinked', conversations: 1 },
    ],
    conversations: [
      {
        subject: 'About a@x',
        preview: 'Hello there',
        message_count: 1,
        people: [
          ['ana@lima.example', 0, expect.any(String)],
          ['bob@x.example', 3, expect.any(String)],
          ['support@acme.example', 2, expect.any(String)],
        ],
      },
    ],
  });
  expect(await countsOf(database.db, workspace)).toEqual({ accepted: 1, stored: 1 });
});

test('a delivery that comes again is counted once; a webhook that repeats a mail is a duplicate', async () => {
  const first = arrived([mail({ id: 'a@x' })]);
  const repeated = arrived([mail({ id: 'a@x' })], { accountId: 'sales-mail' });
  const workspace = await play([[first], [first, repeated]]);
  expect(await countsOf(database.db, workspace)).toEqual({ accepted: 2, stored: 1, duplicate: 1 });
  const sightings = await database.db.rows(sql`select account_id from message_sighting
    where workspace_id = ${workspace} order by account_id`);
  expect(sightings).toEqual([{ account_id: 'sales-mail' }, { account_id: 'support-mail' }]);
});

test('an ignored item and an unreadable one are accounted for beside a stored one', async () => {
  const workspace = await play([
    [
      arrived([
        mail({ id: 'a@x' }),
        { kind: 'ignored', reason: 'unknown_event_type', detail: 'Open' },
        { kind: 'unreadable', reason: 'too_many_parts', detail: '1,200 parts' },
      ]),
    ],
  ]);
  expect(await countsOf(database.db, workspace)).toEqual({
    accepted: 3,
    stored: 1,
    ignored: 1,
    dead_lettered: 1,
  });
  const letters = await database.db.rows(sql`select reason, detail, raw_blob, item_index from dead_letter
    where workspace_id = ${workspace}`);
  expect(letters).toEqual([
    { reason: 'too_many_parts', detail: '1,200 parts', raw_blob: 'acme/aa/raw', item_index: 2 },
  ]);
});

test('a message dated in 2099 cannot pin itself to the top, one without a date is as old as its arrival', async () => {
  const workspace = await play([
    [
      arrived([
        mail({ id: 'future@x', sentAt: '2099-01-01T00:00:00.000Z' }),
        mail({ id: 'none@x', sentAt: null }),
      ]),
    ],
  ]);
  const rows = await database.db.rows(sql`select sent_at, claimed_sent_at from message
    where workspace_id = ${workspace} order by claimed_sent_at`);
  expect(rows).toEqual([
    { sent_at: '2026-03-02T08:00:00.000Z', claimed_sent_at: '2099-01-01T00:00:00.000Z' },
    { sent_at: '2026-03-02T08:00:00.000Z', claimed_sent_at: null },
  ]);
});

test('two threads that a late mail joins become one, and the id that goes still resolves', async () => {
  const workspace = await play([
    [arrived([mail({ id: 'a@x', text: '1' })])],
    [arrived([mail({ id: 'b@x', text: '2' })])],
    [arrived([mail({ id: 'c@x', refs: ['a@x', 'b@x'], text: '3' })])],
  ]);
  const conversations = await database.db.rows<{ id: string; message_count: number }>(sql`
    select id, message_count from conversation where workspace_id = ${workspace}`);
  expect(conversations).toMatchObject([{ message_count: 3 }]);
  const aliases = await database.db.rows(sql`select conversation_id from conversation_alias
    where workspace_id = ${workspace}`);
  expect(aliases).toEqual([{ conversation_id: conversations[0]?.id }]);
  const facts = await database.db.rows(sql`select payload->>'type' as type from outbox
    where workspace_id = ${workspace} and payload->>'type' = 'conversation.merged'`);
  expect(facts).toHaveLength(1);
});

test('a person whom only one copy names is known in either order, and counts once', async () => {
  const received = mail({ id: 'bcc@x' });
  const sent = mail({ id: 'bcc@x', cc: ['hidden@y.example'] });
  const states = await Promise.all(
    [
      [received, sent],
      [sent, received],
    ].map(async (copies) => {
      const workspace = await play(copies.map((copy) => [arrived([copy])]));
      const { participants, named } = (await stateOf(database.db, workspace)) as Record<string, unknown>;
      return { participants, named };
    }),
  );
  expect(states[1]).toEqual(states[0]);
  expect(states[0]).toMatchObject({
    participants: [{}, { identifier: 'hidden@y.example', conversations: 1 }, {}],
  });
});

test('a copy that joins two threads moves the newest activity of their records on, without a new message', async () => {
  const workspace = `w${(count += 1)}`;
  const identifiers = [{ kind: 'email', value: 'ana@lima.example' } as const];
  await holdRecords(database.db, [{ recordId: '93', identifiers }], workspace);
  const first = { id: 'a@x', text: 'same', sentAt: '2026-03-01T08:00:00.000Z' };
  const other = { id: 'b@x', from: 'bo@x.example', sentAt: '2026-03-01T12:00:00.000Z' };
  const batches = [first, other, { ...first, refs: ['b@x'] }].map((words) => [arrived([mail(words)])]);
  await play(batches, workspace);
  expect(await stateOf(database.db, workspace)).toMatchObject({
    records: [{ record_id: '93', last_activity_at: '2026-03-01T12:00:00.000Z' }],
  });
});

test('ten thousand recipients are ten thousand participants, in as many statements as ten', async () => {
  const statementsFor = async (recipients: number): Promise<number> => {
    const to = Array.from({ length: recipients }, (_, index) => `person${index}@list.example`);
    const workspace = `w${(count += 1)}`;
    const delivery = arrived([mail({ id: 'all@x', to })], { workspace });
    let statements = 0;
    await database.db.write(workspace, (tx) => {
      const counted: Tx = { ...tx, rows: (query) => ((statements += 1), tx.rows(query)) };
      return applyBatch(counted, [delivery], at);
    });
    const [people] = await database.db.rows(sql`select count(*)::int as count from message_participant
      where workspace_id = ${workspace}`);
    expect(people).toEqual({ count: recipients + 1 });
    return statements;
  };
  expect(await statementsFor(10_000)).toBe(await statementsFor(10));
});

test('Invariant 3: order and repetition of deliveries do not matter', async () => {
  const history = [
    mail({ id: 'a@x', text: 'first', sentAt: '2026-03-01T08:00:00.000Z', name: 'Ana' }),
    mail({
      id: 'b@x',
      refs: ['a@x'],
      from: 'bob@x.example',
      to: ['ana@lima.example'],
      sentAt: '2026-03-01T09:00:00.000Z',
    }),
    mail({
      id: 'c@x',
      refs: ['b@x'],
      cc: ['eve@y.example'],
      sentAt: '2026-03-01T10:00:00.000Z',
      name: 'Ana Lima',
    }),
    mail({ id: 'd@x', refs: ['root@x'], from: 'eve@y.example', text: 'sibling one' }),
    mail({ id: 'e@x', refs: ['root@x'], from: 'fay@z.example', text: 'sibling two' }),
    mail({ id: 'a@x', text: 'another content under the same id', from: 'cron@x.example' }),
    mail({ id: 'g@x', refs: ['e@x', 'c@x'], from: 'gus@z.example', sentAt: '2026-03-01T11:00:00.000Z' }),
  ];
  // What was sent first arrives last, so that nothing can lean on the order of arrival.
  const deliver = (index: number) =>
    arrived([history[index] ?? mail({ id: 'never' })], { receivedAt: `2026-03-02T08:0${9 - index}:00.000Z` });
  await play([history.map((_, index) => deliver(index))], 'acme');
  const expected = await stateOf(database.db);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...history.keys(), ...history.keys()], { minLength: history.length * 2 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 14 }),
      async (order, sizes) => {
        const batches: Arrived[][] = [];
        const left = order.map(deliver);
        for (let turn = 0; left.length > 0; turn += 1)
          batches.push(left.splice(0, sizes[turn % sizes.length] ?? 1));
        await clear(database.db);
        await play(batches, 'acme');
        expect(await stateOf(database.db)).toEqual(expected);
        expect(await countsOf(database.db)).toEqual({ accepted: 14, stored: 7, duplicate: 7 });
      },
    ),
    { numRuns: testRuns(30) },
  );
});
