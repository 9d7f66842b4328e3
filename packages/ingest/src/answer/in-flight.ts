/*
 * How much may be in progress at once, by count and by bytes held, so that a flood is answered with 503 instead of
 * memory that runs out. Bytes are counted as they arrive: a header that lies about them changes nothing.
 */

/** One request's share. `release` gives all of it back and may be called again. */
export interface Slot {
  /** False when the bytes would exceed the limit. */
  reserve(bytes: number): boolean;
  release(): void;
}

/** What is in progress. */
export interface InFlight {
  /** Null when no further request can be taken, or none of `expectedBytes`. */
  enter(expectedBytes: number): Slot | null;
  count(): number;
  bytes(): number;
  /** The most that were in progress at once since the last call. */
  takePeak(): number;
}

/** Counts from nothing. */
export function createInFlight(limits: { countMax: number; bytesMax: number }): InFlight {
  let count = 0;
  let bytes = 0;
  let peak = 0;
  return {
    takePeak: () => {
      const taken = peak;
      peak = count;
      return taken;
    },
    count: () => count,
    bytes: () => bytes,
    enter: (expectedBytes) => {
      if (count >= limits.countMax || bytes + expectedBytes > limits.bytesMax) return null;
      count += 1;
      peak = Math.max(peak, count);
      let held = 0;
      let released = false;
      return {
        reserve: (more) => {
          if (bytes + more > limits.bytesMax) return false;
          held += more;
          bytes += more;
          return true;
        },
        release: () => {
          if (released) return;
          released = true;
          count -= 1;
          bytes -= held;
        },
      };
    },
  };
}
