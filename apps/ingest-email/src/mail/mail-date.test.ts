import { describe, expect, test } from 'vitest';
import { parseMailDate, sentTime } from './mail-date.ts';

describe('the time of a mail', () => {
  test.each([
    ['Sun, 22 Nov 2026 16:59:00 +0100', '2026-11-22T15:59:00.000Z'],
    ['22 Nov 2026 16:59 +0000', '2026-11-22T16:59:00.000Z'],
    ['Sun, 22 Nov 2026 16:59:00 -0800 (PST)', '2026-11-23T00:59:00.000Z'],
    ['Sun, 22 November 2026 16:59:00 EST', '2026-11-22T21:59:00.000Z'],
    ['Sun,22 Nov 2026 16:59:00 GMT', '2026-11-22T16:59:00.000Z'],
    ['22-Nov-2026 16:59:00 +0530', '2026-11-22T11:29:00.000Z'],
    ['22 Nov 26 16:59:00 Z', '2026-11-22T16:59:00.000Z'],
    ['22 Nov 98 16:59:00', '1998-11-22T16:59:00.000Z'],
    ['Sun Nov 22 16:59:00 2026', '2026-11-22T16:59:00.000Z'],
    ['Sun Nov 22 16:59:00 CET 2026', '2026-11-22T15:59:00.000Z'],
    ['2026-11-22T16:59:00.123+01:00', '2026-11-22T15:59:00.000Z'],
    ['2026-11-22 16:59', '2026-11-22T16:59:00.000Z'],
    ['Sun, 22 Nov 2026 16:59:60 +0000', '2026-11-22T16:59:59.000Z'],
    ['Sun, 22 Nov 2026 16:59:00 XYZ', '2026-11-22T16:59:00.000Z'],
    ['Tue, 01 Jan 2099 00:00:00 +0000', '2099-01-01T00:00:00.000Z'],
  ])('%j is %j', (written, instant) => {
    expect(parseMailDate(written)).toBe(instant);
  });

  test.each([
    '',
    'yesterday',
    'foo 1',
    '31 Feb 2026 10:00:00 +0000',
    '22 Foo 2026 10:00:00 +0000',
    '22 Nov 2026 25:00:00 +0000',
    '1 Jan 1969 00:00:00 +0000',
    '1 Jan 0001 00:00:00 +0000',
    '9'.repeat(100_000),
  ])('%.40j is no time', (written) => {
    expect(parseMailDate(written)).toBeNull();
  });

  test('comes from the newest server when the sender gives none that can be read', () => {
    const received = [
      'from a by b; Sun, 22 Nov 2026 16:59:00 +0000',
      'from c by a; Sat, 21 Nov 2026 16:59:00 +0000',
    ];
    expect(sentTime(['no time'], received)).toBe('2026-11-22T16:59:00.000Z');
    expect(sentTime([], received)).toBe('2026-11-22T16:59:00.000Z');
    expect(sentTime(['1 Jan 2020 00:00:00 +0000'], received)).toBe('2020-01-01T00:00:00.000Z');
    expect(sentTime([], ['from a by b'])).toBeNull();
    expect(sentTime([], [])).toBeNull();
  });
});
