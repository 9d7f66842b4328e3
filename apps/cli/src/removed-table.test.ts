import { expect, test } from 'vitest';
import { addRemoved, removedRows } from './removed-table.ts';

test('what went is shown in groups, what did not go is not, and no table is left out', () => {
  expect(
    removedRows({ message_status: 0, message_participant: 12_345, message: 6789, new_table: 1 }),
  ).toEqual([
    { label: 'Messages', value: '6,789' },
    { label: 'people named', value: '12,345', indent: true },
    { label: 'new_table', value: '1' },
  ]);
});

test('calls add up, in a stable order', () => {
  expect(Object.entries(addRemoved({ message: 1, media: 2 }, { message: 3, sync: 4 }))).toEqual([
    ['message', 4],
    ['media', 2],
    ['sync', 4],
  ]);
});
