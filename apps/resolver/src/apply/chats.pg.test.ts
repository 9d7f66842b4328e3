import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ana, bo, type ChatWorkspace, createChatWorkspace, fromAna } from '../../test/chat-workspace.ts';
import { externalIdOf } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { ordersOf } from '../../test/permutations.ts';
import { clear, stateOf } from '../../test/state.ts';
import { messageIdOf } from './items.ts';

let database: TestDatabase;
let acme: ChatWorkspace;
beforeAll(async () => {
  database = await openTestDatabase();
  acme = createChatWorkspace(database.db);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => clear(database.db));

const conversations = () =>
  acme.rows(sql`
    select c.kind, c.message_count,
      array(select k.key from conversation_key k where k.conversation_id = c.id order by k.key) as keys
    from conversation c order by 3`);

/** The state after each order of the messages, one delivery each; fails where two differ. */
async function inAllOrders(messages: readonly ReturnType<typeof fromAna>[]): Promise<void> {
  const states: object[] = [];
  for (const order of ordersOf(messages)) {
    await clear(database.db);
    for (const message of order) await acme.tell(message);
    states.push(await stateOf(database.db));
    expect(await violationsOf(database.db, 'acme')).toEqual([]);
  }
  for (const state of states) expect(state).toEqual(states[0]);
}

test('in all orders, a message under two ids of a chat joins what came under each', async () => {
  await inAllOrders([
    fromAna('1', { chat: 'by-number' }),
    fromAna('2', { chat: 'by-user-id' }),
    fromAna('3', { chat: 'by-user-id', aliases: ['by-number'] }),
  ]);
  expect(await conversations()).toEqual([
    { kind: 'direct', message_count: 3, keys: ['by-number', 'by-user-id'] },
  ]);
});

test('in all orders, what any copy calls a group is one, also when it is joined through an alias', async () => {
  await inAllOrders([
    fromAna('1', { chat: 'a' }),
    fromAna('2', { chat: 'b', kind: 'group' }),
    fromAna('3', { chat: 'c', aliases: ['a'] }),
    fromAna('4', { chat: 'c', aliases: ['b'] }),
  ]);
  expect(await conversations()).toEqual([{ kind: 'group', message_count: 4, keys: ['a', 'b', 'c'] }]);
});

test('in all orders, two copies of a message under two ids of its chat show that the chats are one', async () => {
  await inAllOrders([
    fromAna('1', { chat: 'live' }),
    fromAna('1', { chat: 'history' }),
    fromAna('2', { chat: 'live' }),
    fromAna('3', { chat: 'history', from: [bo] }),
  ]);
  expect(await conversations()).toEqual([{ kind: 'direct', message_count: 3, keys: ['history', 'live'] }]);
});

test('chats that nothing joins stay apart', async () => {
  await acme.tell(fromAna('1', { chat: 'a' }), fromAna('2', { chat: 'b' }));
  expect(await conversations()).toMatchObject([{ keys: ['a'] }, { keys: ['b'] }]);
});

test('in all orders, a message that history names before it has its file gets the file', async () => {
  const file = { name: 'a.jpg', type: 'image/jpeg', contentId: null, inline: false };
  const blob = { key: 'acme/aa/file', size: 3 };
  await inAllOrders([
    { ...fromAna('1'), text: '' },
    { ...fromAna('1'), text: 'Look!', attachments: [{ ...file, blob }] },
    { ...fromAna('1'), text: '', byAccount: true },
  ]);
  expect(await acme.rows(sql`select text, by_account from message`)).toEqual([
    { text: 'Look!', by_account: true },
  ]);
  expect(await acme.rows(sql`select blob_key, size from attachment`)).toEqual([
    { blob_key: blob.key, size: 3 },
  ]);
});

test('a message knows what it answers, whether that one is stored or not', async () => {
  await acme.tell({ ...fromAna('2'), repliesTo: externalIdOf('1') }, { ...fromAna('3'), repliesTo: null });
  expect(await acme.rows(sql`select in_reply_to from message order by in_reply_to`)).toEqual([
    { in_reply_to: messageIdOf('acme', 'whatsapp', externalIdOf('1')) },
    { in_reply_to: null },
  ]);
});

test('a preview shows what the author wrote now, without what is quoted', async () => {
  await acme.tell({ ...fromAna('1'), text: 'Yes.\n> Do you come?', newText: 'Yes.' });
  expect(await acme.preview()).toBe('Yes.');
  const forwarded = {
    ...fromAna('2', { sentAt: '2026-03-01T12:00:00.000Z' }),
    text: '> See this',
    newText: '',
  };
  await acme.tell(forwarded);
  expect(await acme.preview()).toBe('> See this');
});

test('who a message of the account is from is by its identity, with or without one', async () => {
  await acme.tell(fromAna('1', { from: [ana], own: true }), {
    ...fromAna('2'),
    participants: [],
    byAccount: true,
  });
  expect(
    await acme.rows(
      sql`select sender_identifier_id is not null as known, by_account from message order by 1`,
    ),
  ).toEqual([
    { known: false, by_account: true },
    { known: true, by_account: false },
  ]);
});
