/*
 * Randomness that a seed repeats: the same seed gives the same population on every machine.
 */

/** A source of choices. */
export interface Random {
  /** A whole number from 0, less than `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A key, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  shuffled<T>(list: readonly T[]): T[];
  digits(count: number): string;
}

/** A source of choices that follow from the seed (the generator is mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (list) => at(list, int(list.length)),
    weighted: (weights) => pickWeighted(Object.entries<number | undefined>(weights), next()) as never,
    shuffled: (list) => shuffle(list, int),
    digits: (count) => Array.from({ length: count }, () => String(int(10))).join(''),
  };
}

function at<T>(list: readonly T[], index: number): T {
  if (index >= list.length) throw new RangeError('nothing to pick from');
  return list[index] as T;
}

function pickWeighted(weights: readonly [string, number | undefined][], share: number): string {
  const total = weights.reduce((sum, [, weight]) => sum + (weight ?? 0), 0);
  let left = share * total;
  for (const [key, weight = 0] of weights) {
    left -= weight;
    if (left < 0) return key;
  }
  throw new RangeError('nothing to pick from');
}

/** Fisher–Yates, on a copy. */
function shuffle<T>(list: readonly T[], int: (below: number) => number): T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = int(last + 1);
    [shuffled[last], shuffled[other]] = [at(shuffled, other), at(shuffled, last)];
  }
  return shuffled;
}
