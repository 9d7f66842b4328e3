/** Every order of the list; n! of them. */
export function permutationsOf<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, index) =>
    permutationsOf(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
