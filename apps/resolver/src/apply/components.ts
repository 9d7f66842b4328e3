/*
 * Connected components over keys (union-find). Pure.
 *
 * Threads are components, not "first seen wins": a late message may show that two threads are one, and the result
 * must not depend on which came first.
 */

/** Grows components from groups of keys that belong together. */
export interface Components {
  join(keys: readonly string[]): void;
  /** The key that stands for the component of `key`. */
  root(key: string): string;
  /** Every component, as the keys in it. */
  groups(): string[][];
}

/** Starts without any key. */
export function createComponents(): Components {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let top = key;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    let walk = key;
    while (walk !== top) {
      const next = parent.get(walk) ?? top;
      parent.set(walk, top);
      walk = next;
    }
    if (!parent.has(top)) parent.set(top, top);
    return top;
  };
  return {
    root,
    join: ([first, ...rest]) => {
      if (first === undefined) return;
      root(first);
      for (const key of rest) parent.set(root(key), root(first));
    },
    groups: () => {
      const groups = new Map<string, string[]>();
      for (const key of parent.keys()) {
        const top = root(key);
        const group = groups.get(top);
        if (group === undefined) groups.set(top, [key]);
        else group.push(key);
      }
      return [...groups.values()];
    },
  };
}
