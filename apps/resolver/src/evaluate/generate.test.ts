import { Delivery } from '@kith/contracts';
import { expect, test } from 'vitest';
import { sharedDifficulties } from './difficulties.ts';
import { generatePopulation } from './generate.ts';
import type { Identity, Population } from './population.ts';
import { makeTraffic, readNaming } from './traffic.ts';
import { truthsOf } from './truth.ts';

const seeds = [1, 2, 3];
const people = 300;

/** Everything a population says, without its references to itself. */
function written({ identities, records }: Population): string {
  return JSON.stringify([
    identities.map(({ owner, ...identity }) => ({ ...identity, owner: owner?.id })),
    records.map(({ owner, ...record }) => ({ ...record, owner: owner.id })),
  ]);
}

test('a seed always gives the same people and the same traffic, and another seed gives others', () => {
  const make = (seed: number) => {
    const population = generatePopulation({ seed, people });
    return [written(population), JSON.stringify(makeTraffic(population, { seed, workspace: 'acme' }))];
  };
  expect(make(7)).toEqual(make(7));
  expect(make(8)).not.toEqual(make(7));
});

test.each(seeds)('seed %d: every difficulty occurs where it must, and each identity is one alone', (seed) => {
  const { identities } = generatePopulation({ seed, people });
  const keys = identities.flatMap(({ namings }) => namings.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  const strata = new Set(identities.map(({ stratum }) => stratum));
  const shared = Object.keys(sharedDifficulties).map((name) => `shared.${name}`);
  expect(shared.filter((stratum) => !strata.has(stratum as Identity['stratum']))).toEqual([]);
});

test.each(seeds)('seed %d: records mislead in the strata that say so, always, and in no other', (seed) => {
  const truths = truthsOf(generatePopulation({ seed, people }));
  const misleading = Object.entries(sharedDifficulties).flatMap(([name, difficulty]) =>
    'misleading' in difficulty ? [`shared.${name}`] : [],
  );
  const contrary = truths.filter(
    ({ identity, isMisled }) => isMisled !== misleading.includes(identity.stratum),
  );
  expect(contrary.map(({ identity }) => identity.stratum)).toEqual([]);
});

test.each(seeds)(
  'seed %d: what is said to identify is decidable, and what is only like it is not',
  (seed) => {
    const truths = truthsOf(generatePopulation({ seed, people }));
    const decidable = (stratum: string) =>
      new Set(
        truths.filter(({ identity }) => identity.stratum === stratum).map(({ isDecidable }) => isDecidable),
      );
    for (const stratum of [
      'email.plain',
      'email.form',
      'whatsapp.national',
      'linkedin.form',
      'shared.role',
    ]) {
      expect([stratum, ...decidable(stratum)]).toEqual([stratum, true]);
    }
    for (const stratum of [
      'email.tagged',
      'whatsapp.noCountry',
      'linkedin.sales',
      'shared.family',
      'shared.list',
    ]) {
      expect([stratum, ...decidable(stratum)]).toEqual([stratum, false]);
    }
  },
);

test.each(seeds)(
  'seed %d: the traffic fits the contract, and names every identity by all that it has',
  (seed) => {
    const population = generatePopulation({ seed, people });
    const deliveries = makeTraffic(population, { seed, workspace: 'acme' });
    expect(deliveries.filter((delivery) => !Delivery.safeParse(delivery).success)).toEqual([]);
    const named = new Set<string>();
    for (const item of deliveries.flatMap(({ items }) => items)) {
      if (item.kind !== 'message') continue;
      for (const { identifiers } of item.participants)
        for (const { kind, value } of identifiers) named.add(`${kind} ${value}`);
    }
    const unnamed = population.identities.flatMap(({ namings }) =>
      namings.filter((naming) => {
        const identifier = readNaming(naming);
        return identifier === null || !named.has(`${identifier.kind} ${identifier.value}`);
      }),
    );
    expect(unnamed).toEqual([]);
  },
);

test('ids that messages give one by one belong together through what they share', () => {
  const { identities } = generatePopulation({ seed: 1, people });
  const scattered = identities.filter(({ namings, together }) => {
    const reached = new Set([0]);
    for (const _ of namings) {
      for (const set of together)
        if (set.some((index) => reached.has(index))) for (const index of set) reached.add(index);
    }
    return reached.size < namings.length;
  });
  expect(scattered.map(({ stratum }) => stratum)).toEqual([]);
});
