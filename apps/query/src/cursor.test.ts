import type { KithError } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import {
  CountPosition,
  decodeCursor,
  encodeCursor,
  RankPosition,
  RecordPosition,
  TimePosition,
  toPage,
} from './cursor.ts';

const place = { at: '2026-11-22T12:00:00.123Z', id: '0b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa' };
const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  test('comes back as the place it was made from', () => {
    expect(decodeCursor(encodeCursor(place), TimePosition)).toEqual(place);
    const withoutActivity = { at: null, id: 'record 93 é' };
    expect(decodeCursor(encodeCursor(withoutActivity), RecordPosition)).toEqual(withoutActivity);
    const ofCount = { at: 12, id: place.id };
    expect(decodeCursor(encodeCursor(ofCount), CountPosition)).toEqual(ofCount);
    const ofRank = { at: 0 as const, id: place.id };
    expect(decodeCursor(encodeCursor(ofRank), RankPosition)).toEqual(ofRank);
  });

  test('that is absent means the beginning', () => {
    expect(decodeCursor(undefined, TimePosition)).toBeUndefined();
  });

  test.each([
    ['empty', ''],
    ['no base64', '%%%'],
    ['no JSON', 'AAAA'],
    ['another shape', pack({ at: place.at, id: place.id })],
    ['another version', pack([2, place.at, place.id])],
    ['an id that is none', pack([1, place.at, "' or true"])],
    ['a time that is none', pack([1, 'yesterday', place.id])],
    ['a year that Postgres does not know', pack([1, '0000-01-01T00:00:00.000Z', place.id])],
    ['a list of records', encodeCursor({ at: null, id: '93' })],
  ])('that is garbage (%s) is refused, naming its field', (_, cursor) => {
    expect(() => decodeCursor(cursor, TimePosition)).toThrow(
      expect.objectContaining({ code: 'bad_input', field: 'cursor' }) as KithError,
    );
  });
});

describe('a page', () => {
  test('has a cursor only where more follows', () => {
    const rows = [1, 2, 3].map((n) => ({ at: place.at, id: String(n) }));
    expect(toPage(rows, 3, (row) => row).nextCursor).toBeNull();
    const page = toPage(rows, 2, (row) => row);
    expect(page.items).toHaveLength(2);
    expect(page.nextCursor).toBe(encodeCursor({ at: place.at, id: '2' }));
  });
});
