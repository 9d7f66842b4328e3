import type { Draft } from './draft.ts';
import type { Company, Contact, PlannedRecord } from './population.ts';

/** A person with the one record that there is of them. */
export interface Known {
  person: Contact;
  record: PlannedRecord;
}

const knownAmong = (contacts: readonly Contact[]): Known[] =>
  contacts.flatMap((person) => {
    const [record, ...others] = person.records;
    return record === undefined || others.length > 0 || person.isOrganisation ? [] : [{ person, record }];
  });

/** Somebody with one record. */
export const pickKnown = (draft: Draft): Known => draft.random.pick(knownAmong(draft.contacts));

/** Somebody else with one record. */
export const pickOther = (draft: Draft, { person }: Known): Known =>
  draft.random.pick(knownAmong(draft.contacts.filter((other) => other !== person)));

/** Any company. */
export const pickCompany = (draft: Draft): Company => draft.random.pick(draft.companies);

/** People of one company, each with one record; everybody of the largest one when no number is the most. */
export function pickColleagues(
  draft: Draft,
  { atLeast, atMost }: { atLeast: number; atMost: number },
): [Known, ...Known[]] {
  const teams = draft.companies
    .map(({ people }) => knownAmong(people))
    .filter((team) => team.length >= atLeast);
  const largest = teams.toSorted((a, b) => b.length - a.length).slice(0, 1);
  const team = draft.random.pick(atMost === Infinity ? largest : teams);
  const [first, ...others] = draft.random.shuffled(team);
  if (first === undefined) throw new RangeError('no company has so many people with a record');
  const count =
    atMost === Infinity
      ? team.length
      : atLeast + draft.random.int(Math.min(atMost, team.length) - atLeast + 1);
  return [first, ...others.slice(0, count - 1)];
}
