import { describe, expect, test } from 'vitest';
import { createBoundedQueue } from './bounded-queue.ts';

const overflow = (): Error => new Error('full');

async function take<T>(queue: AsyncIterable<T>): Promise<{ values: T[]; failure: unknown }> {
  const values: T[] = [];
  try {
    for await (const value of queue) values.push(value);
    return { values, failure: undefined };
  } catch (failure) {
    return { values, failure };
  }
}

describe('a bounded queue', () => {
  test('hands over in order what was pushed before and while it is read', async () => {
    const queue = createBoundedQueue<number>(10, overflow);
    queue.push(1);
    const taken = take(queue);
    queue.push(2);
    await Promise.resolve();
    queue.push(3);
    queue.close();
    expect(await taken).toEqual({ values: [1, 2, 3], failure: undefined });
  });

  test('that overflows hands over all before the gap, then fails, and takes nothing after it', async () => {
    const queue = createBoundedQueue<number>(2, overflow);
    for (const value of [1, 2, 3, 4]) queue.push(value);
    expect(await take(queue)).toEqual({ values: [1, 2], failure: overflow() });
  });

  test('that is closed with a failure still hands over what it holds', async () => {
    const queue = createBoundedQueue<number>(2, overflow);
    queue.push(1);
    queue.close(new Error('gone'));
    expect(await take(queue)).toEqual({ values: [1], failure: new Error('gone') });
  });
});
