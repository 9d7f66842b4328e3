/** A fixed number of turns, handed on in the order they were asked for. */
export interface Turns {
  /** Resolves to true with a turn, to false when none came within the time. */
  take(waitMs: number): Promise<boolean>;
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
    take: (waitMs) => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const granted = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(granted), 1);
          resolve(false);
        }, waitMs);
        waiting.push(granted);
      });
    },
  };
}
