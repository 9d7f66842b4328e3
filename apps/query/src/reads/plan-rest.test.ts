import { expect, test } from 'vitest';
import { planRest } from './plan-rest.ts';

test('a record of some thousand messages is walked to its end, however common the word is elsewhere', () => {
  const looked = { inRecord: 9_000, inAll: 10_000_000, walked: 5_000, wanted: 350 };
  expect(planRest({ ...looked, found: 150 })).toBe(6_000);
  expect(planRest({ ...looked, found: 1 })).toBe(6_000);
});

test('in a record that has a large part of all messages the spans are filled soon', () => {
  const looked = { inRecord: 3_000_000, inAll: 10_000_000, walked: 5_000, wanted: 350 };
  expect(planRest({ ...looked, found: 150 })).toBe('in spans');
  expect(planRest({ ...looked, found: 0 })).toBe('in spans');
});

test('a word that the newest messages do not have is looked for by its rare matches', () => {
  const looked = { inRecord: 60_000, inAll: 10_000_000, walked: 5_000, wanted: 501 };
  expect(planRest({ ...looked, found: 0 })).toBe('in spans');
});

test('a word that is common in a middling record is walked until there are enough', () => {
  const looked = { inRecord: 60_000, inAll: 10_000_000, walked: 5_000, wanted: 300 };
  expect(planRest({ ...looked, found: 200 })).toBe(11_250);
});

test('where nothing is known of the sizes, it goes on by steps', () => {
  expect(planRest({ inRecord: 0, inAll: 0, walked: 5_000, found: 0, wanted: 501 })).toBe(5_000);
});
