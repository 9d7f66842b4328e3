import { expect, test } from 'vitest';
import { extended, noneSelected, stillThere, toggled } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];
const of = (selected: { ids: ReadonlySet<string> }) => [...selected.ids].toSorted().join('');

test('one is taken in, and out again', () => {
  const one = toggled(noneSelected, 'b');
  expect(of(one)).toBe('b');
  expect(of(toggled(one, 'b'))).toBe('');
});

test('an extension takes in all between, in either direction, and keeps where it began', () => {
  const down = extended(toggled(noneSelected, 'b'), order, 'd');
  expect(of(down)).toBe('bcd');
  expect(of(extended(down, order, 'a'))).toBe('abcd');
  expect(down.anchor).toBe('b');
});

test('an extension without a beginning, or with one that has left, is that one alone', () => {
  expect(of(extended(noneSelected, order, 'c'))).toBe('c');
  expect(of(extended({ ids: new Set(), anchor: 'gone' }, order, 'c'))).toBe('c');
  expect(of(extended(noneSelected, order, 'gone'))).toBe('');
});

test('what left the list is not acted on', () => {
  expect(stillThere({ ids: new Set(['d', 'gone', 'a']), anchor: null }, order)).toEqual(['a', 'd']);
});
