import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forEachConcurrently } from './for-each-concurrently.ts';

test('no more than the given number run at once, and everything is worked through', async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  await forEachConcurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await nextTurn();
    seen.push(item);
    running -= 1;
  });
  expect(most).toBe(3);
  expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('an error stops the source and is thrown after what runs has ended', async () => {
  let closed = false;
  async function* source() {
    try {
      for (let item = 0; ; item += 1) yield item;
    } finally {
      closed = true;
    }
  }
  const work = forEachConcurrently(source(), 2, async (item) => {
    await Promise.resolve();
    if (item === 5) throw new Error('five');
  });
  await expect(work).rejects.toThrow('five');
  expect(closed).toBe(true);
});
