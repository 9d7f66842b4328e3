/*
 * Works through a source with a bounded number of things in progress. The next item is asked for only when a place
 * is free, so a source of any length needs no memory.
 */

/** Runs `work` for each item, at most `places` at once; rejects with the first error, after what runs has ended. */
export async function forEachConcurrently<T>(
  source: Iterable<T> | AsyncIterable<T>,
  places: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const items = iterate(source);
  let failed = false;
  const worker = async (): Promise<void> => {
    try {
      for (;;) {
        if (failed) return;
        const next = await items.next();
        if (next.done === true) return;
        await work(next.value);
      }
    } catch (err) {
      failed = true;
      throw err;
    }
  };
  const results = await Promise.allSettled(Array.from({ length: places }, worker));
  await items.return(undefined);
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected !== undefined) throw rejected.reason;
}

/** A generator queues concurrent calls of `next`, which other iterators need not do. */
async function* iterate<T>(source: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* source;
}
