/*
 * Places in which one value is kept, whatever was said of them and in which order. Pure.
 *
 * What is kept is the best by an order in which no two different values are equal: so order, repetition and batching
 * of what is said do not show in it (Invariant 3). Whether something said was news does depend on what came before it.
 */
import type { Said } from '../lay-out.ts';

/** A value that an item says of its place. */
export interface Saying<Row> {
  said: Said;
  row: Row;
}

/** Which of two values is kept. */
export interface Precedence<Row> {
  /** Above 0 when the first is better, 0 only when both are the same. */
  compare(row: Row, other: Row): number;
  /** Whether a better value tells something new, or only is a better witness of the same. */
  isNews(better: Row, kept: Row): boolean;
}

/** What became of the sayings. */
export interface Kept<Row> {
  /** What is to write: one value of each place that changes. */
  changed: Row[];
  /** The items that told something new. */
  news: Set<Said>;
}

/** Takes what is said one after another; `stored` are the values of the places so far, by `placeOf`. */
export function keepBest<Row>(
  sayings: readonly Saying<Row>[],
  stored: ReadonlyMap<string, Row>,
  options: Precedence<Row> & { placeOf(row: Row): string },
): Kept<Row> {
  const changed = new Map<string, Row>();
  const news = new Set<Said>();
  for (const { said, row } of sayings) {
    const place = options.placeOf(row);
    const kept = changed.get(place) ?? stored.get(place);
    if (kept !== undefined && options.compare(row, kept) <= 0) continue;
    changed.set(place, row);
    if (kept === undefined || options.isNews(row, kept)) news.add(said);
  }
  return { changed: [...changed.values()], news };
}

/** The order of instants that are written alike. */
export function compareInstants(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
