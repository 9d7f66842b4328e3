import { expect, test } from 'vitest';
import { CountryCode } from './country.ts';

test.each([
  ['FR', 'FR'],
  ['br', 'BR'],
  // What people write for the United Kingdom; no phone number would be read by it.
  ['UK', 'GB'],
])('%s is the country %s', (code, expected) => {
  expect(CountryCode.parse(code)).toBe(expected);
});

test.each(['ZZ', 'QQ', 'XX', 'F', 'FRA', 'Brazil', '55', '', 'F1'])('%j is no country', (code) => {
  expect(CountryCode.safeParse(code).success).toBe(false);
});
