/**
 * Hands what it is called with to `run`, but never runs it twice at once nor twice within `pauseMs`: what comes
 * meanwhile waits and is handed over together. A burst of a thousand messages so costs a few requests instead of a
 * thousand. `run` must not reject.
 */
export function coalesce<T>(run: (items: readonly T[]) => Promise<void>, pauseMs: number): (item: T) => void {
  let waiting: T[] = [];
  let isBusy = false;
  const work = async () => {
    isBusy = true;
    while (waiting.length > 0) {
      const items = waiting;
      waiting = [];
      await run(items);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    isBusy = false;
  };
  return (item) => {
    waiting.push(item);
    if (!isBusy) void work();
  };
}
