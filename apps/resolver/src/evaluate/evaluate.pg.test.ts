import { openTestDatabase } from '@kith/database/testing';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { recallOf } from './score.ts';

test('of three hundred people nobody is linked wrongly without being asked about, and nobody is missed whom exact evidence names', async () => {
  await using database = await openTestDatabase();
  const { kith, failures, byStratum } = await evaluate(database.db, { seed: 11, people: 300 });
  expect(failures).toEqual([]);
  expect(kith.wrong).toBe(0);
  expect(recallOf(kith).ofDecidable).toBe(1);
  // What would make the two lines above easy to hold: nobody linked, nobody shared, nothing hard.
  expect(kith.decidable).toBeGreaterThan(400);
  expect(kith.ambiguous).toBeGreaterThan(5);
  expect(byStratum.size).toBeGreaterThan(55);
});
