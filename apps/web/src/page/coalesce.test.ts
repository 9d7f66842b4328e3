import { expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

test('calls made while one runs are handed over together, and none is lost', async () => {
  const runs: number[][] = [];
  let finishFirst = () => {};
  const first = new Promise<void>((resolve) => {
    finishFirst = resolve;
  });
  const call = coalesce<number>(async (items) => {
    runs.push([...items]);
    if (runs.length === 1) await first;
  }, 0);
  for (const item of [1, 2, 3]) call(item);
  finishFirst();
  await vi.waitFor(() => expect(runs).toEqual([[1], [2, 3]]));
  // The pause after the last run has to end before a later call is a run of its own or shares one: both keep it.
  call(4);
  await vi.waitFor(() => expect(runs.flat()).toEqual([1, 2, 3, 4]));
});
