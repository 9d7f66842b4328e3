import { useLayoutEffect, useState } from 'react';
import type { Row } from './rows.ts';
import { type Shown, stepTowards } from './steady-rows.ts';

/**
 * The rows to show now, on the way to those wanted. Each step is a commit of its own, before the browser paints; `eye`
 * tells the index of the first visible of the rows that are shown, null where new rows are to be seen at the top.
 */
export function useSteadyRows(
  wanted: readonly Row[],
  eye: (rows: readonly Row[]) => number | null,
): Shown<Row> {
  const [shown, setShown] = useState<Shown<Row>>({ rows: wanted, shift: false });
  useLayoutEffect(() => {
    if (shown.rows !== wanted) setShown(stepTowards(shown.rows, wanted, eye(shown.rows)));
  });
  return shown;
}
