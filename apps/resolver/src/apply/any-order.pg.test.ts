/*
 * Invariant 3 over all channels: any permutation, any repetition and any batching of the same deliveries leaves the
 * same state. People have several identifiers, and which of them a message gives differs; webhooks and fetched
 * history are mixed; copies of one message differ; and records hold some of the identifiers.
 */
import type { Channel, DeliveredMessage, Delivery, Identifier, ParticipantNature } from '@kith/contracts';
import { openTestDatabase } from '@kith/database/testing';
import { testRuns } from '@kith/stack/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, chat, mail } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { ordersOf } from '../../test/permutations.ts';
import { clear, countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';
import type { Arrived } from './decode.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Whom the messages name: few, so that they meet. */
const pool: Record<Channel, readonly Identifier[]> = {
  email: [
    { kind: 'email', value: 'ana@lima.example' },
    { kind: 'email', value: 'bo@x.example' },
    { kind: 'email', value: 'eve@y.example' },
    { kind: 'email', value: 'news@lists.example' },
  ],
  whatsapp: [
    { kind: 'phone', value: '+5511987654321' },
    { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' },
    { kind: 'whatsapp_lid', value: '140874994434143@lid' },
    { kind: 'phone', value: '+14155552671' },
  ],
  linkedin: [
    { kind: 'linkedin_member', value: 'urn:li:member:42' },
    { kind: 'linkedin_profile', value: 'ACoAAAAAACoB' },
    { kind: 'linkedin_public', value: 'ana-lima' },
    { kind: 'linkedin_public', value: 'bo-x' },
  ],
};
const clue: Identifier = { kind: 'email', value: 'ana@lima.example' };

/** A message in few numbers. Two of the same channel and id are copies of one. */
interface Words {
  channel: Channel;
  id: number;
  from: number[];
  to: number[];
  refs: number[];
  withClue: boolean;
  name: string | null;
  nature: ParticipantNature;
  marks: NonNullable<DeliveredMessage['marks']>;
  sentAt: string | null;
  text: string;
  origin: Delivery['origin'];
  receivedAt: string;
}

const minute = (day: number) =>
  fc.integer({ min: 0, max: 9 }).map((count) => `2026-03-0${day}T08:0${count}:00.000Z`);
const few = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.nat({ max: 3 }), { minLength, maxLength });
const words: fc.Arbitrary<Words> = fc.record({
  channel: fc.constantFrom<Channel>('email', 'whatsapp', 'whatsapp', 'linkedin', 'linkedin'),
  id: fc.nat({ max: 4 }),
  from: few(1, 3),
  to: few(0, 2),
  refs: few(0, 2),
  withClue: fc.boolean(),
  // Beyond the Basic Multilingual Plane UTF-16 and UTF-8 order differently.
  name: fc.constantFrom(null, '', 'Ana', 'Ana Lima', '\u{1F600} Ana', '\uFF21na'),
  nature: fc.constantFrom<ParticipantNature>('person', 'person', 'role', 'list'),
  marks: fc.subarray(['bulk', 'list', 'auto_reply'] as const, { maxLength: 2 }).map((marks) => [...marks]),
  sentAt: fc.oneof({ weight: 5, arbitrary: minute(1) }, fc.constantFrom(null, '2099-01-01T00:00:00.000Z')),
  text: fc.constantFrom('Hello', 'Hello \n there'),
  origin: fc.constantFrom('webhook', 'sync'),
  receivedAt: minute(2),
});

/** The identifiers that each record holds, by their numbers in the pools. */
const records = fc.array(fc.record({ email: few(0, 2), whatsapp: few(0, 2), linkedin: few(0, 2) }), {
  maxLength: 2,
});

function itemOf(said: Words): DeliveredMessage {
  const { channel, sentAt, marks } = said;
  const identifiers = (indexes: readonly number[]) => indexes.flatMap((index) => pool[channel][index] ?? []);
  const { nature } = said;
  const shared = {
    id: `m${said.id}@x`,
    sentAt,
    marks,
    nature,
    ...(said.name === null ? {} : { name: said.name }),
  };
  if (channel === 'email') {
    const [from = '', ...others] = identifiers(said.from).map(({ value }) => value);
    const to = [...others, ...identifiers(said.to).map(({ value }) => value)];
    const refs = said.refs.map((ref) => `m${ref}@x`);
    return { ...mail({ ...shared, from, to, refs }), text: said.text };
  }
  const from = [...identifiers(said.from), ...(said.withClue && channel === 'linkedin' ? [clue] : [])];
  // A chat is the provider's; its messages do not wander.
  const place = {
    chat: `chat-${said.id % 2}`,
    kind: said.withClue ? ('group' as const) : ('direct' as const),
  };
  const to = said.to.length === 0 ? {} : { to: [identifiers(said.to)] };
  return { ...chat({ ...shared, ...place, channel, from, ...to }), text: said.text };
}

/** The delivery of one message; each time it comes it has an id of its own. */
function deliver(said: Words, index: number): Arrived {
  const { channel, origin, receivedAt } = said;
  const raw = { key: `acme/aa/raw-${index}`, size: 1 };
  return arrived([itemOf(said)], { channel, origin, receivedAt, raw, accountId: `${channel}-${origin}` });
}

async function play(held: readonly { [C in Channel]: number[] }[], batches: readonly Arrived[][]) {
  const { db } = database;
  await clear(db);
  await holdRecords(
    db,
    held.map((record, index) => ({
      recordId: String(93 + index),
      identifiers: (['email', 'whatsapp', 'linkedin'] as const).flatMap((channel) =>
        record[channel].flatMap((one) => pool[channel][one] ?? []),
      ),
    })),
  );
  for (const [index, batch] of batches.entries()) {
    const at = `2026-03-02T09:00:00.${String(index).padStart(3, '0')}Z`;
    await db.write('acme', (tx) => applyBatch(tx, batch, at));
  }
  return { state: await stateOf(db), counts: await countsOf(db) };
}

test('Invariant 3: order, repetition and batching of deliveries do not matter', async () => {
  const history = fc.array(words, { minLength: 2, maxLength: 7 });
  const shuffled = history.chain((list) => {
    const twice = [...list.keys(), ...list.keys()];
    return fc.record({
      list: fc.constant(list),
      order: fc.shuffledSubarray(twice, { minLength: twice.length }),
      sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    });
  });
  await fc.assert(
    fc.asyncProperty(records, shuffled, async (held, { list, order, sizes }) => {
      const inOrder = await play(held, [
        [...list, ...list].map((said, index) => deliver(said, index % list.length)),
      ]);
      const batches: Arrived[][] = [];
      const left = order.flatMap((index) => {
        const said = list[index];
        return said === undefined ? [] : [deliver(said, index)];
      });
      for (let turn = 0; left.length > 0; turn += 1) {
        batches.push(left.splice(0, sizes[turn % sizes.length] ?? 1));
      }
      expect(await play(held, batches)).toEqual(inOrder);
      expect(await violationsOf(database.db, 'acme')).toEqual([]);
    }),
    { numRuns: testRuns(60) },
  );
}, 240_000);

/** One message, of whom the numbers say and nothing else. */
const message = (channel: Channel, from: number[], withClue = false): Words => ({
  channel,
  id: from.reduce((id, number) => id * 5 + number + 1, 0),
  from,
  to: [],
  refs: [],
  withClue,
  name: 'Ana',
  nature: 'person',
  marks: [],
  sentAt: '2026-03-01T08:00:00.000Z',
  text: 'Hello',
  origin: 'webhook',
  receivedAt: '2026-03-02T08:00:00.000Z',
});

/** The state that every order of the messages, one delivery each, leaves; fails where two differ. */
async function stateInAllOrders(
  held: Parameters<typeof play>[0],
  list: readonly Words[],
): Promise<{ participants: object[] }> {
  const states = new Map<string, object>();
  for (const order of ordersOf([...list.keys()])) {
    const batches = order.flatMap((index) => {
      const said = list[index];
      return said === undefined ? [] : [[deliver(said, index)]];
    });
    const { state } = await play(held, batches);
    states.set(JSON.stringify(state), state);
  }
  const [first, second] = states.values();
  if (second !== undefined) expect(second).toEqual(first);
  return first as { participants: object[] };
}

const [phone, bsuid, lid, otherPhone] = [0, 1, 2, 3] as const;
const holder = (numbers: number[]) => ({ email: [], whatsapp: numbers, linkedin: [] });

test.each([
  ['nobody', [], { status: 'unlinked', record_id: null, candidates: [] }],
  ['one record', [[phone]], { status: 'linked', record_id: '93', method: 'phone_webhook', confidence: 0.9 }],
  ['one record, twice', [[phone, lid]], { status: 'linked', record_id: '93', candidates: [] }],
  [
    'two records',
    [[phone], [otherPhone]],
    { status: 'ambiguous', record_id: null, candidates: ['93', '94'] },
  ],
])('in all orders of four messages, what %s holds decides the same', async (_, held, expected) => {
  const people = [[phone], [phone, bsuid], [bsuid, lid], [lid, otherPhone]];
  const list = people.map((numbers) => message('whatsapp', numbers));
  const { participants } = await stateInAllOrders(held.map(holder), list);
  expect(participants).toMatchObject([
    { identifier: '+14155550100' },
    { identifier: '+14155552671', message_count: 4, ...expected },
  ]);
});

const [member, profile, slug] = [0, 1, 2] as const;

test('in all orders, what a profile email speaks for weighs the same', async () => {
  const list = [
    message('linkedin', [member]),
    message('linkedin', [profile], true),
    message('linkedin', [member, profile]),
    message('linkedin', [profile, slug]),
  ];
  const held = [
    { email: [0], whatsapp: [], linkedin: [member] },
    { email: [0], whatsapp: [], linkedin: [] },
  ];
  const { participants } = await stateInAllOrders(held, list);
  expect(participants).toMatchObject([
    { identifier: 'urn:li:member:1' },
    { identifier: 'urn:li:member:42', clues: ['email ana@lima.example'], candidates: ['93', '94'] },
  ]);
});
