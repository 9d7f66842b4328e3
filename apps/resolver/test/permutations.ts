import { testRuns } from '@kith/stack/testing';

/** Every order of the list; n! of them. */
export function permutationsOf<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, index) =>
    permutationsOf(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

/** So few orders are always all tried. */
const allMax = 6;

/** Every order of the list; where `KITH_TEST_RUNS` asks for fewer cases, so many of them, others in every run. */
export function ordersOf<T>(list: readonly T[]): T[][] {
  const orders = permutationsOf(list);
  const wanted = Math.max(allMax, testRuns(orders.length));
  while (orders.length > wanted) orders.splice(Math.floor(Math.random() * orders.length), 1);
  return orders;
}
