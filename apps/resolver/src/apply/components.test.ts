import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createComponents } from './components.ts';

const groupsOf = (joins: readonly string[][]): string[][] => {
  const components = createComponents();
  for (const keys of joins) components.join(keys);
  return components
    .groups()
    .map((group) => group.toSorted())
    .toSorted((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
};

test('keys named together are together, through any chain', () => {
  expect(groupsOf([['a', 'b'], ['c'], ['d', 'e'], ['e', 'b'], [], ['a', 'a']])).toEqual([
    ['a', 'b', 'd', 'e'],
    ['c'],
  ]);
});

test('the components are the same in every order', () => {
  const key = fc.integer({ min: 0, max: 30 }).map(String);
  const joins = fc.array(fc.array(key, { minLength: 1, maxLength: 4 }), { maxLength: 25 });
  const pair = joins.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(pair, ([list, shuffled]) => {
      expect(groupsOf(shuffled.map((keys) => keys.toReversed()))).toEqual(groupsOf(list));
    }),
  );
});

test('a chain of a hundred thousand keys is no trouble', () => {
  const components = createComponents();
  for (let index = 0; index < 100_000; index += 1) components.join([String(index + 1), String(index)]);
  expect(components.groups()).toHaveLength(1);
});
