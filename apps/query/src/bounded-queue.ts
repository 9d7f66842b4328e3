/*
 * A queue between a producer that cannot wait and one consumer that may be slow.
 *
 * It never grows beyond its bound: the value that does not fit closes it, and the consumer gets what was queued
 * before and then the failure. So what it has received is always without a gap.
 */

/** Values in order, until the queue is closed; iterated once. */
export interface BoundedQueue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Lets the consumer take what is queued, then ends with the failure, or without one. */
  close(failure?: Error): void;
}

/** An open queue for at most `valuesMax` values. `overflow` makes the failure of a queue that was full. */
export function createBoundedQueue<T>(valuesMax: number, overflow: () => Error): BoundedQueue<T> {
  const values: T[] = [];
  let closed: { failure: Error | undefined } | undefined;
  let wake: (() => void) | undefined;
  const close = (failure?: Error) => {
    closed ??= { failure };
    wake?.();
  };
  return {
    close,
    push: (value) => {
      if (closed !== undefined) return;
      if (values.length >= valuesMax) return close(overflow());
      values.push(value);
      wake?.();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const value = values.shift();
        if (value !== undefined) {
          yield value;
        } else if (closed !== undefined) {
          if (closed.failure !== undefined) throw closed.failure;
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    },
  };
}
