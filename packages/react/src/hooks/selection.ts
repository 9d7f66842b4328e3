/*
 * Which of a list are selected: one by one, or from the last that was named to another. Pure; the hook beside it keeps
 * it.
 */

/** What is selected, and where an extension begins. */
export interface Selected {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

/** Nothing. */
export const noneSelected: Selected = { ids: new Set(), anchor: null };

/** Takes one in or out. */
export function toggled({ ids }: Selected, id: string): Selected {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Takes in everything from the anchor to this one, in the order of the list; without an anchor this one alone. */
export function extended({ ids, anchor }: Selected, order: readonly string[], id: string): Selected {
  const [from, to] = [order.indexOf(anchor ?? id), order.indexOf(id)];
  if (to < 0) return { ids, anchor };
  const start = from < 0 ? to : Math.min(from, to);
  const between = order.slice(start, Math.max(from, to) + 1);
  return { ids: new Set([...ids, ...between]), anchor: from < 0 ? id : (anchor ?? id) };
}

/** What is selected of those that are still there: what left the list is nobody's to act on. */
export function stillThere({ ids }: Selected, order: readonly string[]): string[] {
  return order.filter((id) => ids.has(id));
}
