import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { joinCopies, sortMessages, type StoredMessage } from './batch-messages.ts';
import { layOut, type MessageCopy } from './lay-out.ts';

type Mark = 'bulk' | 'list' | 'auto_reply';
const copyOf = (receivedAt: string, options: { raw?: string; marks?: Mark[] } = {}): MessageCopy[] => {
  const { raw = 'acme/aa/raw', marks = [] } = options;
  const delivery = arrived([mail({ id: 'a@x', marks })], { receivedAt, raw: { key: raw, size: 1 } });
  return layOut('acme', [delivery]).copies;
};
const early = '2026-03-01T12:00:00.000Z';
const late = '2026-03-02T08:00:00.000Z';

const storedFrom = (receivedAt: string, marks: Mark[] = []): ReadonlyMap<string, StoredMessage> => {
  const [copy] = copyOf(receivedAt);
  if (copy === undefined) throw new Error('no copy');
  const { messageId: id, sentAt } = copy;
  const facts = { byAccount: false, isEmpty: false };
  const stored = { id, receivedAt, rawBlob: 'acme/aa/raw', sentAt, marks, ...facts };
  return new Map([[stored.id, stored]]);
};
const namesOf = (sorted: ReturnType<typeof sortMessages>) =>
  Object.entries(sorted)
    .filter(([, messages]) => messages.length > 0)
    .map(([name]) => name);

test('the copy received first says what a message holds, and marks are those of any copy', () => {
  const copies = [...copyOf(late, { marks: ['list'] }), ...copyOf(early, { marks: ['bulk', 'list'] })];
  expect(joinCopies(copies)).toEqual([{ copy: copies[1], marks: ['bulk', 'list'], byAccount: false }]);
});

test('copies join to the same in every order', () => {
  const copy = fc.tuple(
    fc.constantFrom(early, late),
    fc.constantFrom('acme/aa/raw-1', 'acme/aa/raw-2'),
    fc.subarray<Mark>(['bulk', 'list', 'auto_reply']),
  );
  const lists = fc.array(copy, { minLength: 1, maxLength: 5 });
  const pair = lists.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  const summary = (list: [string, string, Mark[]][]) =>
    joinCopies(list.flatMap(([at, raw, marks]) => copyOf(at, { raw, marks }))).map(
      ({ copy: first, marks }) => [first.receivedAt, first.arrived.delivery.raw.key, marks],
    );
  fc.assert(
    fc.property(pair, ([list, shuffled]) => {
      expect(summary(shuffled)).toEqual(summary(list));
    }),
  );
});

test('a copy that tells nothing new changes nothing', () => {
  expect(namesOf(sortMessages(copyOf(early), new Map()))).toEqual(['fresh']);
  expect(namesOf(sortMessages(copyOf(early), storedFrom(early)))).toEqual(['repeated']);
  expect(namesOf(sortMessages(copyOf(late), storedFrom(early)))).toEqual(['repeated']);
  expect(namesOf(sortMessages(copyOf(late), storedFrom(early, ['bulk'])))).toEqual(['repeated']);
});

test('a copy received earlier replaces what is stored, and a new mark is added to what is there', () => {
  const replaced = sortMessages(copyOf(early), storedFrom(late, ['bulk']));
  expect(namesOf(replaced)).toEqual(['replaced', 'repeated']);
  expect(replaced.replaced[0]?.marks).toEqual(['bulk']);
  const marked = sortMessages(copyOf(late, { marks: ['list'] }), storedFrom(early, ['bulk']));
  expect(namesOf(marked)).toEqual(['marked', 'repeated']);
  expect(marked.marked[0]?.marks).toEqual(['bulk', 'list']);
});
