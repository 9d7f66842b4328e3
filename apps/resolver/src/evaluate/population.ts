/*
 * A population: who there is, what its CRM holds, what is written, and whose each identity is in truth.
 *
 * What a text means is labelled where it is made, never read back from it: `names` says which identities' keys a
 * field's value names exactly, in the words of whoever wrote it. So the labels know nothing of how Kith reads.
 */
import type { Channel } from '@kith/contracts';
import type { Country } from './countries.ts';
import type {
  emailDifficulties,
  linkedinDifficulties,
  personDifficulties,
  sharedDifficulties,
  whatsappDifficulties,
} from './difficulties.ts';

/** What makes an identity hard, within its channel or apart from it. */
export type Stratum =
  | `email.${keyof typeof emailDifficulties}`
  | `whatsapp.${keyof typeof whatsappDifficulties}`
  | `linkedin.${keyof typeof linkedinDifficulties}`
  | `shared.${keyof typeof sharedDifficulties}`
  | `person.${keyof typeof personDifficulties}`;

/** A person, or an organisation that has a record. */
export interface Contact {
  id: number;
  name: string;
  isOrganisation: boolean;
  country: Country;
  company: Company | null;
  /** Its records, none for a stranger. */
  records: PlannedRecord[];
}

/** Where people work. */
export interface Company {
  /** As its owners write it; addresses in traffic have it as mail servers do. */
  domain: string;
  country: Country;
  people: Contact[];
}

/** When something is written: before any message, between their two halves, after them. */
export type Phase = 0 | 1 | 2;

/** A record as the CRM will send it. */
export interface PlannedRecord {
  recordId: string;
  pipeline: string;
  title: string;
  owner: Contact;
  /** The country of its own, where its pipeline's is not the one. */
  defaultCountry: Country | null;
  createdIn: Phase;
  values: HeldValue[];
  /** Fields that identify nobody. */
  others: Record<string, unknown>;
}

/** A value of a field. */
export interface HeldValue {
  field: 'email' | 'phone' | 'linkedin';
  shown: unknown;
  /** The keys it names exactly: what a careful reader of this CRM would say. */
  names: readonly string[];
  from: Phase;
  /** The phase in which it is gone. */
  until?: Phase;
}

/** How a message may name an identity: a text as its provider writes it, and what it means. */
export interface Naming {
  kind: 'email' | 'whatsapp' | 'linkedin';
  text: string;
  key: string;
}

/** Somebody or something on one channel, under one address or under ids that messages name together. */
export interface Identity {
  id: number;
  channel: Channel;
  stratum: Stratum;
  /** Whose it is alone; null when several people or nobody in particular is behind it. */
  owner: Contact | null;
  internal: boolean;
  /** What is behind it: a list says so in its headers, a machine by its name. */
  nature: 'person' | 'list' | 'machine';
  namings: readonly Naming[];
  /** Which of the namings messages give together, by index; each set occurs. */
  together: readonly (readonly number[])[];
  /** An address that came with it. */
  clue: string | null;
  displayName: string | null;
}

/** Everything of one seed. */
export interface Population {
  contacts: readonly Contact[];
  companies: readonly Company[];
  records: readonly PlannedRecord[];
  identities: readonly Identity[];
}

/** A pipeline of the CRM, with the country of its numbers. */
export interface PlannedPipeline {
  pipeline: string;
  defaultCountry: Country | null;
}

/** The values of a record's fields from a phase on. */
export const valuesIn = (record: PlannedRecord, phase: Phase): HeldValue[] =>
  record.values.filter(({ from, until }) => from <= phase && (until === undefined || until > phase));
