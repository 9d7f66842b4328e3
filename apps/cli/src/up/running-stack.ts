/**
 * The processes of one stack in the order they were started, which is the reverse of the order in which they
 * are stopped: nobody loses a server while still using it.
 */

/** Anything that can be stopped in an orderly way, or at once. */
export interface Part {
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface RunningStack {
  add(part: Part): void;
  isEmpty(): boolean;
  /** Stops one part after the other, the youngest first; answers the problems met. */
  stop(): Promise<readonly unknown[]>;
  /** Kills all parts at once, for somebody who does not want to wait. */
  kill(): Promise<void>;
}

export function createRunningStack(): RunningStack {
  const parts: Part[] = [];
  return {
    add: (part) => void parts.push(part),
    isEmpty: () => parts.length === 0,
    stop: async () => {
      const problems: unknown[] = [];
      for (const part of parts.toReversed()) {
        await part.stop().catch((err: unknown) => problems.push(err));
      }
      return problems;
    },
    kill: async () => {
      // Stopping first, so that the supervisor does not bring back what is killed.
      await Promise.allSettled(parts.flatMap((part) => [part.stop(), part.kill()]));
    },
  };
}
