/*
 * Invariant 3 over what chats tell: messages with several copies under several ids of a chat, statuses, reactions of
 * people with several identifiers, edits, deletions, files before and after their messages, relations, and accounts
 * that learn who they are. Any permutation, repetition and batching leaves the same state.
 */
import type { DeliveredMessage, Delivery, DeliveryItem, Identifier, MessageStatus } from '@kith/contracts';
import { openTestDatabase } from '@kith/database/testing';
import { testRuns } from '@kith/stack/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, chat, externalIdOf } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { clear, countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';
import type { Arrived } from './decode.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Whom the items name: few, so that they meet. The last is the company's, if a delivery says so. */
const pool: readonly Identifier[] = [
  { kind: 'phone', value: '+5511987654321' },
  { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' },
  { kind: 'whatsapp_lid', value: '140874994434143@lid' },
  { kind: 'phone', value: '+14155552671' },
];

const numbers = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.nat({ max: pool.length - 1 }), { minLength, maxLength });
const person = fc
  .record({
    numbers: numbers(1, 2),
    name: fc.constantFrom(null, 'Ana', 'Bo'),
    isOwn: fc.integer({ min: 0, max: 4 }).map((count) => count === 0),
  })
  .map((said) => ({
    identifiers: said.numbers.flatMap((number) => pool[number] ?? []),
    displayName: said.name,
    ...(said.isOwn ? { own: true as const } : {}),
  }));
const instant = (day: number) =>
  fc.integer({ min: 0, max: 4 }).map((count) => `2026-03-0${day}T08:0${count}:00.000Z`);
const claimed = fc.oneof(
  { weight: 4, arbitrary: instant(1) },
  fc.constantFrom(null, '2099-01-01T00:00:00.000Z'),
);
const messageId = fc.nat({ max: 2 }).map((number) => externalIdOf(`m${number}`));
const chatId = fc.nat({ max: 2 }).map((number) => `chat-${number}`);

const message: fc.Arbitrary<DeliveryItem> = fc
  .record({
    number: fc.nat({ max: 2 }),
    from: person,
    to: fc.array(person, { maxLength: 1 }),
    chats: fc.uniqueArray(chatId, { minLength: 1, maxLength: 2 }),
    kind: fc.constantFrom('direct', 'direct', 'group'),
    text: fc.constantFrom('', 'Hello', 'Hello \n there'),
    newText: fc.constantFrom(undefined, 'Hello'),
    file: fc.option(fc.nat({ max: 1 })),
    repliesTo: fc.option(messageId),
    byAccount: fc.boolean(),
    sentAt: claimed,
  })
  .map((said): DeliveredMessage => {
    const [externalId = '', ...aliases] = said.chats;
    const file = { name: 'a.jpg', type: 'image/jpeg', blob: null, contentId: null, inline: false };
    return {
      ...chat({ id: `m${said.number}`, channel: 'whatsapp', from: [], sentAt: said.sentAt }),
      conversation: { kind: said.kind, externalId, aliases },
      participants: [
        { role: 'from', ...said.from },
        ...said.to.map((to) => ({ role: 'to' as const, ...to })),
      ],
      text: said.text,
      ...(said.newText === undefined ? {} : { newText: said.newText }),
      attachments:
        said.file === null ? [] : [{ ...file, media: { key: `meta:${said.file}`, size: 2 ** 40 } }],
      repliesTo: said.repliesTo,
      ...(said.byAccount ? { byAccount: true as const } : {}),
    };
  });

const statuses: MessageStatus[] = ['queued', 'sent', 'failed', 'delivered', 'read', 'played'];
const told: fc.Arbitrary<DeliveryItem> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    messageId,
    status: fc.constantFrom(...statuses),
    recipient: fc.constantFrom(null, ...pool.slice(0, 2)),
    at: claimed,
    detail: fc.constantFrom(null, '', 'no such number'),
  }),
  fc.record({
    kind: fc.constant('reaction' as const),
    messageId,
    person,
    emoji: fc.constantFrom(null, '👍', '❤️'),
    at: claimed,
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    messageId,
    editId: fc.constantFrom('e0', 'e1'),
    text: fc.constantFrom('', 'Edited', 'Edited again'),
    at: claimed,
  }),
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deletion' as const), messageId, at: claimed }) },
  fc.record({
    kind: fc.constant('relation' as const),
    relation: fc.constantFrom('connection', 'contact', 'same_person'),
    person,
    at: claimed,
  }),
);
const media: fc.Arbitrary<DeliveryItem> = fc.record({
  kind: fc.constant('media' as const),
  key: fc.nat({ max: 1 }).map((number) => `meta:${number}`),
  result: fc.oneof(
    fc.record({
      blob: fc.record({ key: fc.constantFrom('acme/aa/1', 'acme/aa/2'), size: fc.constant(3) }),
      type: fc.constantFrom(null, 'image/jpeg'),
    }),
    fc.record({ failure: fc.constantFrom('refused', 'gave_up'), detail: fc.constantFrom('', '404') }),
  ),
});

type Said = Pick<Delivery, 'items' | 'origin' | 'receivedAt' | 'accountId'>;
const delivery: fc.Arbitrary<Said> = fc
  .record({
    items: fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.oneof(message, told), { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.array(media, { minLength: 1, maxLength: 2 }) },
    ),
    byHistory: fc.boolean(),
    receivedAt: instant(2),
    accountId: fc.constantFrom('sales', 'support'),
  })
  .map(({ byHistory, ...said }) => {
    const isMedia = said.items.every(({ kind }) => kind === 'media');
    return { ...said, origin: isMedia ? 'media' : byHistory ? 'sync' : 'webhook' };
  });

/** Each time that a delivery comes it has an id of its own, and arrives as it did. */
const arrive = (said: Said, index: number): Arrived =>
  arrived(said.items, { ...said, channel: 'whatsapp', raw: { key: `acme/aa/raw-${index}`, size: 1 } });

async function play(held: readonly number[], batches: readonly Arrived[][]) {
  const { db } = database;
  await clear(db);
  await holdRecords(
    db,
    held.map((number, index) => ({
      recordId: String(93 + index),
      identifiers: pool.slice(number, number + 1),
    })),
  );
  for (const [index, batch] of batches.entries()) {
    const at = `2026-03-02T09:00:00.${String(index).padStart(3, '0')}Z`;
    await db.write('acme', (tx) => applyBatch(tx, batch, at));
  }
  return stateOf(db);
}

test('Invariant 3: order, repetition and batching of what chats tell do not matter', async () => {
  const histories = fc.array(delivery, { minLength: 2, maxLength: 8 }).chain((list) => {
    const twice = [...list.keys(), ...list.keys()];
    return fc.record({
      list: fc.constant(list),
      order: fc.shuffledSubarray(twice, { minLength: twice.length }),
      sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    });
  });
  await fc.assert(
    fc.asyncProperty(numbers(0, 2), histories, async (held, { list, order, sizes }) => {
      const inOrder = await play(held, [
        [...list, ...list].map((said, index) => arrive(said, index % list.length)),
      ]);
      const left = order.flatMap((index) => list.slice(index, index + 1).map((said) => arrive(said, index)));
      const batches: Arrived[][] = [];
      for (let turn = 0; left.length > 0; turn += 1) {
        batches.push(left.splice(0, sizes[turn % sizes.length] ?? 1));
      }
      expect(await play(held, batches)).toEqual(inOrder);
      expect(await violationsOf(database.db, 'acme')).toEqual([]);
      // Whether something told was news depends on what came before; that each item ended once does not.
      const { accepted = 0, ...ended } = await countsOf(database.db);
      const counted = list.filter(({ origin }) => origin !== 'media').flatMap(({ items }) => items);
      expect(accepted).toBe(2 * counted.length);
      expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(accepted);
    }),
    { numRuns: testRuns(60) },
  );
}, 240_000);
