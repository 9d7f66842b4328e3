import type { Identifier } from '@kith/contracts';

/** What a text gave: who it identifies, and what in it looks like somebody and cannot be read. */
export interface Reading {
  found: Identifier[];
  problems: string[];
}

/** Several readings as one, in their order. */
export function joinReadings(readings: readonly Reading[]): Reading {
  return {
    found: readings.flatMap(({ found }) => found),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

/** A reading that gave nothing. */
export const nothing: Reading = { found: [], problems: [] };
