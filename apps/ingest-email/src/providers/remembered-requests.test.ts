import { describe, expect, test } from 'vitest';
import { rememberRequests } from './remembered-requests.ts';

const hour = 3_600_000;
const open = (entriesMax = 10) => {
  const memory = rememberRequests({ keptMs: 9 * hour, entriesMax });
  return (signature: string, digest: string, nowMs = 0, isRecent = true) =>
    memory.admits({ signature, digest, isRecent, nowMs });
};

describe('a request that proved itself', () => {
  test('is taken again with the same content, and refused with another', () => {
    const admits = open();
    expect(admits('a', 'one')).toBe(true);
    expect(admits('a', 'one')).toBe(true);
    expect(admits('a', 'two')).toBe(false);
    expect(admits('a', 'one')).toBe(true);
    expect(admits('b', 'two')).toBe(true);
  });

  test('is taken hours later only when it was seen while it was recent, with the same content', () => {
    const admits = open();
    expect(admits('a', 'one', 0, false)).toBe(false);
    expect(admits('a', 'one', 0, true)).toBe(true);
    expect(admits('a', 'one', 8 * hour, false)).toBe(true);
    expect(admits('a', 'two', 8 * hour, false)).toBe(false);
    expect(admits('a', 'one', 9 * hour, false)).toBe(false);
  });

  test('is forgotten when there are too many, the oldest first', () => {
    const admits = open(3);
    for (const signature of ['a', 'b', 'c', 'd', 'e']) admits(signature, 'one');
    expect(['a', 'b', 'c', 'd', 'e'].map((signature) => admits(signature, 'one', 1, false))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
