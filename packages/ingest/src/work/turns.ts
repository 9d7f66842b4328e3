/** A fixed number of turns, handed on in the order they were asked for. */
export interface Turns {
  /** Resolves with a turn. */
  take(): Promise<void>;
  give(): void;
}

/** All turns free. */
export function createTurns(count: number): Turns {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    give: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
    take: () => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
