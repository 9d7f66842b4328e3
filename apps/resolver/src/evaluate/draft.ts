/*
 * A population in the making: what the files that add people, identities and records to it share.
 */
import type { Channel } from '@kith/contracts';
import type {
  Company,
  Contact,
  HeldValue,
  Identity,
  Phase,
  PlannedPipeline,
  PlannedRecord,
  Population,
  Stratum,
} from './population.ts';
import { arrivals } from './difficulties.ts';
import type { Random } from './random.ts';

/** The population so far, and where its choices come from. */
export interface Draft extends Population {
  random: Random;
  contacts: Contact[];
  companies: Company[];
  records: PlannedRecord[];
  identities: Identity[];
  /** Addresses, numbers and ids that are somebody's already. */
  taken: Set<string>;
}

/** The CRM's pipelines: customers are mostly Brazilian, leads come from anywhere. */
export const pipelines: readonly PlannedPipeline[] = [
  { pipeline: 'customers', defaultCountry: 'BR' },
  { pipeline: 'partners', defaultCountry: 'US' },
  { pipeline: 'leads', defaultCountry: null },
];

/** What `make` gives and nobody has yet. */
export function unique(draft: Draft, make: (attempt: number) => string): string {
  for (let attempt = 0; ; attempt += 1) {
    const made = make(attempt);
    if (draft.taken.has(made)) continue;
    draft.taken.add(made);
    return made;
  }
}

/** Adds somebody without a record. */
export function addContact(
  draft: Draft,
  contact: Omit<Contact, 'id' | 'records' | 'isOrganisation'> & { isOrganisation?: boolean },
): Contact {
  const added: Contact = { isOrganisation: false, ...contact, id: draft.contacts.length, records: [] };
  draft.contacts.push(added);
  added.company?.people.push(added);
  return added;
}

const phases = { early: 0, midway: 1, late: 2 } as const satisfies Record<string, Phase>;

/** Adds a record that holds nothing yet. */
export function addRecord(draft: Draft, owner: Contact): PlannedRecord {
  const { random } = draft;
  const record: PlannedRecord = {
    recordId: `r${draft.records.length + 1}`,
    pipeline: random.weighted({ customers: 50, partners: 15, leads: 35 }),
    title: owner.name,
    owner,
    defaultCountry: null,
    createdIn: phases[random.weighted(arrivals)],
    values: [],
    others: {},
  };
  owner.records.push(record);
  draft.records.push(record);
  return record;
}

/** Puts a value into a record, from its beginning unless said otherwise. */
export function hold(
  record: PlannedRecord,
  value: Pick<HeldValue, 'field' | 'shown' | 'names'> & { from?: Phase; until?: Phase },
): void {
  record.values.push({ from: 0, ...value });
}

/** Adds an identity; one with several namings is always named by all of them, unless said otherwise. */
export function addIdentity(
  draft: Draft,
  identity: {
    channel: Channel;
    stratum: Stratum;
    owner: Contact | null;
    namings: Identity['namings'];
    together?: Identity['together'];
    internal?: boolean;
    nature?: Identity['nature'];
    clue?: string;
    displayName?: string;
  },
): Identity {
  const added: Identity = {
    internal: false,
    nature: 'person',
    together: [identity.namings.map((_, index) => index)],
    ...identity,
    id: draft.identities.length,
    clue: identity.clue ?? null,
    displayName: identity.displayName ?? identity.owner?.name ?? null,
  };
  draft.identities.push(added);
  return added;
}

/** Somebody, and the record that has what they write from. */
export interface Owned {
  person: Contact;
  record: PlannedRecord;
}
