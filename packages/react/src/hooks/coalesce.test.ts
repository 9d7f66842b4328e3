import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

test('calls made while one runs are handed over together, and none is lost', async () => {
  const runs: number[][] = [];
  const gate = new AbortController();
  const first = once(gate.signal, 'abort');
  const call = coalesce<number>(async (items) => {
    runs.push([...items]);
    if (runs.length === 1) await first;
  }, 0);
  for (const item of [1, 2, 3]) call(item);
  gate.abort();
  await vi.waitFor(() => expect(runs).toEqual([[1], [2, 3]]));
  call(4);
  await vi.waitFor(() => expect(runs).toEqual([[1], [2, 3], [4]]));
});
