/*
 * Runs tasks beside each other, so many at once, without anybody waiting for all of them: one slow task holds one
 * place, not the line behind it.
 */

/** Tasks in progress. */
export interface AtOnce {
  /** Resolves when the task has begun, not when it is done. Tasks must not reject. */
  begin(task: () => Promise<void>): Promise<void>;
  /** Resolves when every task that has begun is done. */
  done(): Promise<void>;
}

/** None in progress. */
export function createAtOnce(countMax: number): AtOnce {
  const running = new Set<Promise<void>>();
  return {
    begin: async (task) => {
      while (running.size >= countMax) await Promise.race(running);
      const run = task().finally(() => running.delete(run));
      running.add(run);
    },
    done: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
