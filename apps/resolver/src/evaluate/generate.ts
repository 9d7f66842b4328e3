import { addPeople } from './people.ts';
import type { Draft } from './draft.ts';
import type { Population } from './population.ts';
import { createRandom } from './random.ts';
import { addShared } from './shared-cases.ts';

/** The population of a seed, of about so many people: the same one each time. */
export function generatePopulation(options: { seed: number; people: number }): Population {
  const draft: Draft = {
    random: createRandom(options.seed),
    contacts: [],
    companies: [],
    records: [],
    identities: [],
    taken: new Set(),
  };
  addPeople(draft, options.people);
  addShared(draft, options.people);
  return draft;
}
