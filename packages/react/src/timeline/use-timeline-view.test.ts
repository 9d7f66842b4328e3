import { expect, test } from 'vitest';
import { endOfDay, toggled } from './use-timeline-view.ts';

test('a day ends where the next one begins, where the reader is', () => {
  expect(endOfDay('2026-11-30')).toBe(new Date(2026, 11, 1).toISOString());
  expect(endOfDay('2024-02-29')).toBe(new Date(2024, 2, 1).toISOString());
});

test('a year that is being typed is the year it says', () => {
  expect(new Date(endOfDay('0020-05-10') ?? '').getFullYear()).toBe(20);
});

test('what is no day is none', () => {
  expect(endOfDay('')).toBeNull();
  expect(endOfDay('2026-xx-01')).toBeNull();
});

test('a member is added where it is not there, and taken out where it is', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
