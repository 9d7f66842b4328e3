import { expect, test } from 'vitest';
import { findUnstorable } from './unstorable-text.ts';

test('text that Postgres cannot store is found wherever it stands', () => {
  expect(findUnstorable({ fields: { note: ['fine', 'a\u0000b'] } })).toBe('fields.note.1');
  expect(findUnstorable({ title: 'half \ud83d of a pair' })).toBe('title');
  expect(findUnstorable({ ['bad\u0000key']: 1 })).toBe('input');
  expect(findUnstorable({ title: 'a whole pair \u{1F600}', n: 1, none: null, list: [true] })).toBeNull();
  expect(findUnstorable(undefined)).toBeNull();
});

test('depth is bounded', () => {
  let deep: object = {};
  for (let level = 0; level < 5_000; level += 1) deep = { deep };
  expect(findUnstorable(deep)).not.toBeNull();
});
