import { useMemo, useState } from 'react';
import { extended, noneSelected, stillThere, toggled } from './selection.ts';

/** What is selected of a list, and what changes it. */
export interface Selection {
  /** Those of the list that are selected, in its order. */
  ids: readonly string[];
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** From the last that was toggled to this one. */
  extendTo: (id: string) => void;
  selectAll: () => void;
  clear: () => void;
}

/** Keeps what is selected of a list, whose ids are given in the order in which they are shown. */
export function useSelection(order: readonly string[]): Selection {
  const [selected, setSelected] = useState(noneSelected);
  return useMemo(
    () => ({
      ids: stillThere(selected, order),
      has: (id) => selected.ids.has(id),
      toggle: (id) => setSelected((now) => toggled(now, id)),
      extendTo: (id) => setSelected((now) => extended(now, order, id)),
      selectAll: () => setSelected({ ids: new Set(order), anchor: null }),
      clear: () => setSelected(noneSelected),
    }),
    [selected, order],
  );
}
