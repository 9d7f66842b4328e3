import type { KithError } from '@kith/contracts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCursors, type ListCall } from './sealed-cursors.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const cursors = createCursors(key(1));
const place = 'WzEsIjIwMjYiLCI5MyJd';
const call: ListCall = {
  workspace: 'acme',
  procedure: 'records.timeline',
  input: { recordId: '93', channels: ['email', 'whatsapp'] },
};

const sealed = (of: ListCall = call): string =>
  (cursors.seal(of, { items: [], nextCursor: place }) as { nextCursor: string }).nextCursor;

const openedBy = (other: Partial<ListCall>, cursor: string, by = cursors): unknown => {
  const asked = { ...call, ...other };
  return by.open({ ...asked, input: { ...(asked.input as object), cursor } });
};

const refused = expect.objectContaining({ code: 'bad_input', field: 'cursor' }) as KithError;

describe('a sealed cursor', () => {
  test('opens for the same question, whatever the order of its input and the size of its pages', () => {
    const input = { limit: 5, channels: ['email', 'whatsapp'], recordId: '93', from: undefined };
    expect(openedBy({ input }, sealed())).toMatchObject({ recordId: '93', limit: 5, cursor: place });
    const everything = { ...call, input: undefined };
    expect(openedBy({ input: {} }, sealed(everything))).toEqual({ cursor: place });
  });

  test.each([
    ['another workspace', { workspace: 'other' }],
    ['another procedure', { procedure: 'records.conversations' }],
    ['another record', { input: { recordId: '94', channels: ['email', 'whatsapp'] } }],
    ['another filter', { input: { recordId: '93', channels: ['email'] } }],
    ['no filter', { input: { recordId: '93' } }],
    ['one filter more', { input: { recordId: '93', channels: ['email', 'whatsapp'], query: 'a' } }],
  ])('is refused by %s', (_, other) => {
    expect(() => openedBy(other, sealed())).toThrow(refused);
  });

  test('is refused under another key', () => {
    expect(() => openedBy({}, sealed(), createCursors(key(2)))).toThrow(refused);
  });

  test('is refused with any change', () => {
    const cursor = sealed();
    const other = fc.oneof(
      fc
        .tuple(fc.nat(cursor.length), fc.nat(cursor.length), fc.string({ maxLength: 3 }))
        .map(([from, length, text]) => cursor.slice(0, from) + text + cursor.slice(from + length)),
      fc.tuple(fc.nat(cursor.length - 1), fc.integer({ min: 1, max: 127 })).map(([at, bits]) => {
        const changed = String.fromCharCode(cursor.charCodeAt(at) ^ bits);
        return cursor.slice(0, at) + changed + cursor.slice(at + 1);
      }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(other, (changed) => {
        fc.pre(changed !== cursor);
        expect(() => openedBy({}, changed)).toThrow(refused);
      }),
      { numRuns: 500 },
    );
  });
});

test('what has no cursor passes as it is', () => {
  for (const input of [undefined, null, 'text', { recordId: '93' }, { cursor: 5 }]) {
    expect(cursors.open({ ...call, input })).toBe(input);
  }
  for (const answer of [undefined, { items: [] }, { items: [], nextCursor: null }]) {
    expect(cursors.seal(call, answer)).toBe(answer);
  }
});
