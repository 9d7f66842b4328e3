/* Counts how often a value's parts are looked at: how much work reading it is, whatever the machine. */

/** The value, and how many of its parts were looked at until now. */
export function counted(value: unknown): { value: unknown; looks: () => number } {
  let looks = 0;
  const watched = new WeakMap<object, unknown>();
  const watch = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner;
    const known = watched.get(inner);
    if (known !== undefined) return known;
    const proxy: unknown = new Proxy(inner, {
      get: (target, key, receiver) => {
        looks += 1;
        return watch(Reflect.get(target, key, receiver));
      },
    });
    watched.set(inner, proxy);
    return proxy;
  };
  return { value: watch(value), looks: () => looks };
}
