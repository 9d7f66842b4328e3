import { expect, test } from 'vitest';
import { linkedInWords, percentOf } from './figures.tsx';

test('a share is told as a percentage, and only all of them are all', () => {
  expect([0, 0.914, 0.996, 0.9999, 1].map(percentOf)).toEqual(['0 %', '91 %', '99.6 %', '99.9 %', '100 %']);
});

test('who is linked is told in a sentence', () => {
  expect(linkedInWords({ linked: 91, unlinked: 8, ambiguous: 1, internal: 8 })).toBe(
    '91 of 100 participants are linked to a record; for 1 several records fit. 8 more are your team.',
  );
  expect(linkedInWords({ linked: 1, unlinked: 0, ambiguous: 0, internal: 0 })).toBe(
    '1 of 1 participant is linked to a record.',
  );
  expect(linkedInWords({ linked: 0, unlinked: 0, ambiguous: 0, internal: 2 })).toBe(
    'Nobody has written yet.',
  );
});
