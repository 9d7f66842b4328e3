import { describe, expect, test } from 'vitest';
import {
  confidenceInWords,
  countInWords,
  dayInWords,
  identifierInWords,
  listInWords,
  recordInWords,
  sentence,
} from './phrases.ts';

describe('words', () => {
  test.each([
    ['2026-03-01T00:00:00.000Z', '1 March 2026'],
    ['2026-02-28T23:59:59.999Z', '28 February 2026'],
    ['2025-12-31T23:59:59.999Z', '31 December 2025'],
    ['0999-01-01T00:00:00.000Z', '1 January 999'],
  ])('%s is the day %s, whatever the time zone of the machine', (at, day) => {
    const zone = process.env['TZ'];
    try {
      for (const there of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        process.env['TZ'] = there;
        expect(dayInWords(at)).toBe(day);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  test('counts are words up to twelve', () => {
    expect([0, 1, 2, 12, 13, 4_000].map(countInWords)).toEqual(['no', 'one', 'two', 'twelve', '13', '4000']);
  });

  test('lists name three and count the rest', () => {
    expect(listInWords([])).toBe('');
    expect(listInWords(['a'])).toBe('a');
    expect(listInWords(['a', 'b'])).toBe('a and b');
    expect(listInWords(['a', 'b'], { joint: 'or' })).toBe('a or b');
    expect(listInWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listInWords(['a', 'b', 'c', 'd'])).toBe('a, b, c and 1 more');
    expect(listInWords(['a', 'b', 'c'], { total: 120 })).toBe('a, b, c and 117 more');
  });

  test('a record is its title as it is and its id, or the id alone', () => {
    expect(recordInWords('93', 'Ana Lima')).toBe('Ana Lima (93)');
    expect(recordInWords('93', 'ana "LIMA" (old)')).toBe('ana "LIMA" (old) (93)');
    for (const title of [null, undefined, '', '  ']) expect(recordInWords('93', title)).toBe('93');
  });

  test('identifiers are named by their kind, confidences are short', () => {
    expect(identifierInWords({ kind: 'phone', value: '+5511987654321' })).toBe(
      'the phone number +5511987654321',
    );
    expect([0.95, 0.9, 1, 0.8500001].map(confidenceInWords)).toEqual(['0.95', '0.9', '1', '0.85']);
    expect(sentence('two records')).toBe('Two records');
  });
});
