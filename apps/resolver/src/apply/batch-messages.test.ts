import type { DeliveredMessage } from '@kith/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { joinCopies, sortMessages, type StoredMessage } from './batch-messages.ts';
import { layOut, type MessageCopy } from './lay-out.ts';

type Mark = 'bulk' | 'list' | 'auto_reply';
const copyOf = (
  receivedAt: string,
  options: { raw?: string; marks?: Mark[]; item?: Partial<DeliveredMessage> } = {},
): MessageCopy[] => {
  const { raw = 'acme/aa/raw', marks = [], item = {} } = options;
  const items = [{ ...mail({ id: 'a@x', marks }), ...item }];
  const delivery = arrived(items, { receivedAt, raw: { key: raw, size: 1 } });
  return layOut('acme', [delivery]).copies;
};
const early = '2026-03-01T12:00:00.000Z';
const late = '2026-03-02T08:00:00.000Z';

const storedFrom = (
  receivedAt: string,
  marks: Mark[] = [],
  facts: Pick<StoredMessage, 'byAccount' | 'fullness'> = { byAccount: false, fullness: 1 },
): ReadonlyMap<string, StoredMessage> => {
  const [copy] = copyOf(receivedAt);
  if (copy === undefined) throw new Error('no copy');
  const { messageId: id, sentAt } = copy;
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
    fc.constantFrom('', 'Hello'),
    fc.constantFrom({}, { byAccount: true as const }),
  );
  const lists = fc.array(copy, { minLength: 1, maxLength: 5 });
  const pair = lists.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  const summary = (list: [string, string, Mark[], string, object][]) =>
    joinCopies(
      list.flatMap(([at, raw, marks, text, said]) => copyOf(at, { raw, marks, item: { text, ...said } })),
    ).map(({ copy: best, marks, byAccount }) => [
      best.receivedAt,
      best.arrived.delivery.raw.key,
      best.item.text,
      marks,
      byAccount,
    ]);
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

const empty = { text: '' };
const file = { name: 'a.jpg', type: 'image/jpeg', blob: null, contentId: null, inline: false };

test('a copy that holds nothing stands behind one with a text, a body or a file, whichever was received first', () => {
  const others = [
    {},
    { ...empty, attachments: [file] },
    { ...empty, html: { key: 'acme/aa/html', size: 1 } },
  ];
  for (const item of others) {
    const copies = [...copyOf(early, { item: empty }), ...copyOf(late, { item })];
    expect(joinCopies(copies)[0]?.copy).toBe(copies[1]);
    expect(joinCopies(copies.toReversed())[0]?.copy).toBe(copies[1]);
  }
});

test('what is stored empty is replaced by what comes later, and never the reverse', () => {
  const placeholder = { byAccount: false, fullness: 0 } as const;
  expect(namesOf(sortMessages(copyOf(late), storedFrom(early, [], placeholder)))).toEqual([
    'replaced',
    'filled',
    'repeated',
  ]);
  expect(namesOf(sortMessages(copyOf(early, { item: empty }), storedFrom(late, [], placeholder)))).toEqual([
    'replaced',
    'repeated',
  ]);
  expect(namesOf(sortMessages(copyOf(early, { item: empty }), storedFrom(late)))).toEqual(['repeated']);
});

test('what is stored without files is replaced by a copy that has them, and never the reverse', () => {
  const attachments = [{ name: 'a.jpg', type: 'image/jpeg', blob: null, contentId: null, inline: false }];
  const withFile = { item: { attachments } };
  expect(namesOf(sortMessages(copyOf(late, withFile), storedFrom(early)))).toEqual([
    'replaced',
    'filled',
    'repeated',
  ]);
  const full = { byAccount: false, fullness: 2 } as const;
  expect(namesOf(sortMessages(copyOf(early), storedFrom(late, [], full)))).toEqual(['repeated']);
  expect(joinCopies([...copyOf(early), ...copyOf(late, withFile)])[0]?.copy.receivedAt).toBe(late);
});

test('a message is by the account as soon as any copy says so', () => {
  const said = copyOf(late, { item: { byAccount: true } });
  expect(joinCopies([...copyOf(early), ...said])[0]).toMatchObject({ byAccount: true });
  const marked = sortMessages(said, storedFrom(early));
  expect(namesOf(marked)).toEqual(['marked', 'repeated']);
  expect(marked.marked[0]?.byAccount).toBe(true);
  const known = { byAccount: true, fullness: 1 } as const;
  expect(namesOf(sortMessages(copyOf(late), storedFrom(early, [], known)))).toEqual(['repeated']);
  expect(sortMessages(copyOf(early), storedFrom(late, [], known)).replaced[0]?.byAccount).toBe(true);
});
