import { expect, test } from 'vitest';
import { conversationsInWords, sizeInWords, statusInWords } from './words.ts';

test('a link tells how sure it is, and what is not a link does not', () => {
  const settled = { contested: false };
  expect(statusInWords({ ...settled, status: 'linked', confidence: 0.95 })).toBe('Linked, 95 %');
  expect(statusInWords({ ...settled, status: 'ambiguous', confidence: null })).toBe('Several records fit');
  expect(statusInWords({ status: 'linked', confidence: 0.95, contested: true })).toBe('Linked, contested');
});

test('sizes are told in the largest unit that fits', () => {
  expect([0, 999, 1000, 48_213, 3_400_000].map(sizeInWords)).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '48 kB',
    '3.4 MB',
  ]);
});

test('conversations are counted by channel', () => {
  expect(conversationsInWords({ email: 12, whatsapp: 0, linkedin: 1 })).toBe(
    '12 email, 1 LinkedIn conversations',
  );
  expect(conversationsInWords({ email: 1, whatsapp: 0, linkedin: 0 })).toBe('1 email conversation');
  expect(conversationsInWords({ email: 0, whatsapp: 0, linkedin: 0 })).toBe('No conversations yet');
});
