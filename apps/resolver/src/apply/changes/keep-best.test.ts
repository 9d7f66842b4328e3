import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrived } from '../../../test/deliveries.ts';
import { layOut, type Said } from '../lay-out.ts';
import { type RelationRow, relationTable } from '../relations.ts';
import { type ChangeRow, changeTable } from './edits.ts';
import { keepBest, type Precedence } from './keep-best.ts';
import { type MediaRow, mediaTable } from './media.ts';
import { type ReactionRow, reactionTable } from './reactions.ts';
import { type StatusRow, statusTable } from './statuses.ts';

const at = fc.constantFrom(
  '2026-03-01T08:00:00.000Z',
  '2026-03-01T08:00:01.000Z',
  '2026-03-01T09:00:00.000Z',
);
const orNull = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);

const statuses: fc.Arbitrary<StatusRow> = fc.record({
  message_id: fc.constantFrom('m1', 'm2'),
  recipient: fc.constantFrom('', 'phone +1'),
  status: fc.constantFrom('queued', 'sent', 'failed', 'delivered', 'read', 'played'),
  at,
  detail: orNull('why'),
});
const reactions: fc.Arbitrary<ReactionRow> = fc.record({
  message_id: fc.constantFrom('m1', 'm2'),
  identifier_id: fc.constantFrom('i1', 'i2'),
  emoji: orNull('👍', '❤️', '\uFF21'),
  at,
});
const changes: fc.Arbitrary<ChangeRow> = fc.record({
  message_id: fc.constant('m1'),
  change_id: fc.constantFrom('e1', 'e2'),
  kind: fc.constant('edit'),
  text: fc.constantFrom('', 'one', 'two'),
  at,
});
const file = { channel: fc.constantFrom('whatsapp', 'linkedin'), key: fc.constant('k'), at } as const;
const media: fc.Arbitrary<MediaRow> = fc.oneof(
  fc.record({
    ...file,
    blob_key: fc.constantFrom('b1', 'b2'),
    size: fc.constant(1),
    type: orNull('image/jpeg'),
    failure: fc.constant(null),
    detail: fc.constant(null),
  }),
  fc.record({
    ...file,
    blob_key: fc.constant(null),
    size: fc.constant(null),
    type: fc.constant(null),
    failure: fc.constantFrom('refused', 'gave_up'),
    detail: fc.constantFrom('', '404'),
  }),
);
const relations: fc.Arbitrary<RelationRow> = fc.record({
  identifier_id: fc.constant('i1'),
  account_id: fc.constantFrom('a1', 'a2'),
  relation: fc.constant('contact'),
  at,
});

type Table<Row> = Precedence<Row> & { place: object };
const placeIn =
  <Row extends object>({ place }: Table<Row>) =>
  (row: Row): string =>
    JSON.stringify(Object.keys(place).map((name) => row[name as keyof Row]));

/** Any items: what is kept does not depend on which of them said it. */
const someItems = (count: number): Said[] => {
  const items = Array.from({ length: count }, () => ({
    kind: 'unreadable' as const,
    reason: 'not_a_message' as const,
    detail: '',
  }));
  return [...layOut('acme', [arrived(items)]).ofDelivery.values()].flat();
};

/** What is kept after rows were said in batches. */
function keptAfter<Row extends object>(table: Table<Row>, batches: readonly Row[][]): Map<string, Row> {
  const placeOf = placeIn(table);
  const [said] = someItems(1) as [Said];
  const stored = new Map<string, Row>();
  for (const batch of batches) {
    const { changed } = keepBest(
      batch.map((row) => ({ said, row })),
      stored,
      { ...table, placeOf },
    );
    for (const row of changed) stored.set(placeOf(row), row);
  }
  return new Map([...stored].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const checkOrder = <Row extends object>(table: Table<Row>, rows: fc.Arbitrary<Row>) => {
  const histories = fc.array(rows, { minLength: 1, maxLength: 6 }).chain((list) =>
    fc.record({
      list: fc.constant(list),
      shuffled: fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
      first: fc.nat({ max: 6 }),
    }),
  );
  fc.assert(
    fc.property(histories, ({ list, shuffled, first }) => {
      const batches = [shuffled.slice(0, first), shuffled.slice(first)];
      expect(keptAfter(table, batches)).toEqual(keptAfter(table, [list]));
    }),
    { numRuns: 500 },
  );
};

describe('in any order, repetition and batching the same is kept', () => {
  test('of statuses', () => checkOrder(statusTable, statuses));
  test('of reactions', () => checkOrder(reactionTable, reactions));
  test('of edits', () => checkOrder(changeTable, changes));
  test('of files', () => checkOrder(mediaTable, media));
  test('of relations', () => checkOrder(relationTable, relations));
});

const [early, late] = ['2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z'] as const;
const status = (name: StatusRow['status'], when: string = early): StatusRow => ({
  message_id: 'm1',
  recipient: '',
  status: name,
  at: when,
  detail: null,
});

test('a status advances, whatever the times say, and is news only then', () => {
  expect(statusTable.compare(status('read'), status('delivered', late))).toBeGreaterThan(0);
  expect(statusTable.compare(status('delivered'), status('failed', late))).toBeGreaterThan(0);
  expect(statusTable.compare(status('read', early), status('read', late))).toBeGreaterThan(0);
  expect(statusTable.isNews(status('read'), status('sent'))).toBe(true);
  expect(statusTable.isNews(status('read', early), status('read', late))).toBe(false);
});

test('the newest reaction counts, also when it takes one back, and is news only as another emoji', () => {
  const reaction = (emoji: string | null, when: string): ReactionRow => ({
    message_id: 'm1',
    identifier_id: 'i1',
    emoji,
    at: when,
  });
  expect(reactionTable.compare(reaction(null, late), reaction('👍', early))).toBeGreaterThan(0);
  expect(reactionTable.isNews(reaction(null, late), reaction('👍', early))).toBe(true);
  expect(reactionTable.isNews(reaction('👍', late), reaction('👍', early))).toBe(false);
});

test('a file that was obtained stays, and repairs a failure', () => {
  const none = { channel: 'whatsapp', key: 'k', blob_key: null, size: null, type: null } as const;
  const bytes: MediaRow = { ...none, blob_key: 'b', size: 1, failure: null, detail: null, at: late };
  const failure: MediaRow = { ...none, failure: 'refused', detail: '', at: early };
  expect(mediaTable.compare(bytes, failure)).toBeGreaterThan(0);
  expect(mediaTable.compare(failure, bytes)).toBeLessThan(0);
  expect(mediaTable.compare({ ...bytes, at: early }, bytes)).toBeGreaterThan(0);
  expect(mediaTable.compare({ ...failure, at: late }, failure)).toBeGreaterThan(0);
  expect(mediaTable.isNews(bytes, failure)).toBe(true);
  expect(mediaTable.isNews({ ...failure, at: late }, failure)).toBe(false);
});

test('what is said first of a place is news, what repeats it is not', () => {
  const [one, two] = someItems(2) as [Said, Said];
  const kept = keepBest(
    [
      { said: one, row: status('sent') },
      { said: two, row: status('sent') },
    ],
    new Map(),
    { ...statusTable, placeOf: () => '' },
  );
  expect([...kept.news]).toEqual([one]);
  expect(kept.news.has(two)).toBe(false);
});
