import { expect, test } from 'vitest';
import { stepTowards } from './steady-rows.ts';

const rows = (...keys: string[]) =>
  keys.map((key) => ({ key, kind: key.startsWith('m') ? 'message' : 'heading' }));
const keysOf = (shown: { rows: readonly { key: string }[] }) => shown.rows.map(({ key }) => key).join(' ');

test('rows that come above the eye keep the distance to the end', () => {
  const next = rows('h', 'm4', 'm3', 'm2', 'm1');
  expect(stepTowards(rows('h', 'm3', 'm2', 'm1'), next, 2)).toEqual({ rows: next, shift: true });
});

test('rows that come below the eye keep the distance to the top', () => {
  const next = rows('h', 'm3', 'm2', 'm1', 'm0');
  expect(stepTowards(rows('h', 'm3', 'm2', 'm1'), next, 1)).toEqual({ rows: next, shift: false });
});

test('where both change, what is below comes first, and what is above with the next step', () => {
  const before = rows('m5', 'm4', 'm3', 'm2');
  const next = rows('m3', 'm2', 'm1', 'm0');
  const first = stepTowards(before, next, 2);
  expect([keysOf(first), first.shift]).toEqual(['m5 m4 m3 m2 m1 m0', false]);
  const second = stepTowards(first.rows, next, 2);
  expect([keysOf(second), second.shift]).toEqual(['m3 m2 m1 m0', true]);
});

test('a message below a heading under the eye comes above what one reads', () => {
  const next = rows('h', 'm4', 'm3', 'm2');
  expect(stepTowards(rows('h', 'm3', 'm2'), next, 0).shift).toBe(true);
});

test('at the top new rows are seen, and where nothing stays there is nothing to keep', () => {
  expect(stepTowards(rows('m2', 'm1'), rows('m3', 'm2', 'm1'), null).shift).toBe(false);
  expect(stepTowards(rows('m2', 'm1'), rows('m9'), 1)).toEqual({ rows: rows('m9'), shift: false });
});
