/*
 * How a list passes from some rows to others without moving what one reads.
 *
 * The list keeps its place either from its top or from its end. So rows that come or go above the one under the eye are
 * exchanged while it keeps the distance to the end, and those below while it keeps the distance to the top: where both
 * change, one after the other.
 */

interface SteadyRow {
  key: string;
  kind: string;
}

/** What a list shows; `shift` where it has to keep the distance to its end. */
export interface Shown<R> {
  rows: readonly R[];
  shift: boolean;
}

/**
 * The next rows to show on the way to `next`. `eye` is the index of the first visible row of `rows`; null for a reader who
 * is to see what comes at the top.
 */
export function stepTowards<R extends SteadyRow>(
  rows: readonly R[],
  next: readonly R[],
  eye: number | null,
): Shown<R> {
  if (eye === null) return { rows: next, shift: false };
  const anchor = findAnchor(rows, next, eye);
  if (anchor === null) return { rows: next, shift: false };
  const below = next.slice(anchor.inNext);
  const movesAbove = anchor.inRows !== anchor.inNext;
  const movesBelow = rows.length - anchor.inRows !== below.length;
  if (movesAbove && movesBelow) return { rows: [...rows.slice(0, anchor.inRows), ...below], shift: false };
  return { rows: next, shift: movesAbove };
}

/** The first message from the eye downwards that stays; headings change with what is below them. */
function findAnchor<R extends SteadyRow>(rows: readonly R[], next: readonly R[], eye: number) {
  const places = new Map(next.map(({ key }, index) => [key, index]));
  for (const [index, row] of rows.entries()) {
    const inNext = index < eye || row.kind !== 'message' ? undefined : places.get(row.key);
    if (inNext !== undefined) return { inRows: index, inNext };
  }
  return null;
}
