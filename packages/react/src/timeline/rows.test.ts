import { expect, test } from 'vitest';
import { rowsOf } from './rows.ts';
import { messageAt } from './testing.ts';

const day = 24 * 3_600;
const noon = day / 2;
const ends = { hasNewer: false, hasOlder: false };

const namesOf = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => (row.kind === 'message' ? row.key : row.kind));

test('messages of one conversation within a day stand under one heading, each day under its own', () => {
  const items = [
    messageAt(2 * day + noon + 3),
    messageAt(2 * day + noon + 2),
    messageAt(2 * day + noon + 1, { conversationId: 'c2' }),
    messageAt(day + noon, { conversationId: 'c2' }),
  ];
  const [a, b, c, d] = items.map(({ id }) => id);
  expect(namesOf(rowsOf({ items, ...ends }))).toEqual([
    'day',
    'conversation',
    a,
    b,
    'conversation',
    c,
    'day',
    'conversation',
    d,
    'end',
  ]);
});

test('what lies beyond the ends has rows of its own, and nothing at all has none', () => {
  const items = [messageAt(noon)];
  expect(namesOf(rowsOf({ items, hasNewer: true, hasOlder: true }))).toEqual([
    'newer',
    'day',
    'conversation',
    items[0]?.id,
    'older',
  ]);
  expect(rowsOf({ items: [], ...ends })).toEqual([]);
});

test('no two rows have one key, and a heading keeps its key when a message arrives', () => {
  const items = [messageAt(noon + 2), messageAt(noon + 1, { conversationId: 'c2' }), messageAt(noon)];
  const rows = rowsOf({ items, ...ends });
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  const more = rowsOf({ items: [messageAt(noon + 3), ...items], ...ends });
  expect(more[1]?.key).toBe(rows[1]?.key);
});
