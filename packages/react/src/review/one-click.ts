import type { MouseEvent } from 'react';

/** Acts once on a double click, whose second half would otherwise be an answer to what came in the first one’s place. */
export const onOneClick =
  (act: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail <= 1) act();
  };
