/*
 * The people, where they work, what they write from, and which of it their records hold.
 */
import { addressOf, makeAddress, makePrivateAddress, mailFrom } from './addresses.ts';
import { reach, residents, situations } from './difficulties.ts';
import { addContact, addIdentity, addRecord, type Draft, hold } from './draft.ts';
import { addAddress } from './email-cases.ts';
import { addProfile } from './linkedin-cases.ts';
import { makeDomain, makeName } from './names.ts';
import { abroad, chatWith, makeNumber } from './numbers.ts';
import type { Company, Contact, HeldValue, Naming } from './population.ts';
import { makeProfile, namingsOf, profileUrl, publicKey } from './profiles.ts';
import { addNumber } from './whatsapp-cases.ts';

/** Adds this many people, each with one to five identities. */
export function addPeople(draft: Draft, count: number): void {
  addCompanies(draft, count);
  const jobs = draft.companies.flatMap(
    (company, index) =>
      Array(index === 0 ? Math.ceil(count / 16) : 1 + (index % 9)).fill(company) as Company[],
  );
  for (const company of [...jobs.slice(0, Math.ceil((count * reach.employed) / 100)), ...unemployed(count)]) {
    addPerson(draft, company);
  }
}

/** One company of a sixteenth of the people, the others of one to nine. */
function addCompanies(draft: Draft, count: number): void {
  const { random } = draft;
  for (let number = 0; number < 2 + count / 8; number += 1) {
    draft.companies.push({
      domain: makeDomain(random, number),
      country: random.weighted(residents),
      people: [],
    });
  }
}

const unemployed = (count: number): null[] =>
  Array(Math.floor((count * (100 - reach.employed)) / 100)).fill(null) as null[];

function addPerson(draft: Draft, company: Company | null): void {
  const { random } = draft;
  const country = company === null || random.chance(0.1) ? random.weighted(residents) : company.country;
  const person = addContact(draft, { name: makeName(random), country, company });
  const situation = random.weighted(situations);
  if (situation === 'stranger') addStranger(draft, person);
  else if (situation === 'duplicated') addDuplicated(draft, person);
  else addKnown(draft, person);
}

function addKnown(draft: Draft, person: Contact): void {
  const { random } = draft;
  const owned = { person, record: addRecord(draft, person) };
  for (const address of addressesOf(draft, person)) addAddress(draft, owned, address);
  if (has(draft, 'whatsapp')) addNumber(draft, owned, makeNumber(draft, person.country, 'mobile'));
  if (has(draft, 'linkedin')) addProfile(draft, owned, makeProfile(draft, person.name));
  if (random.chance(0.1)) owned.record.others['notes'] = introduction(draft, person);
  if (person.company !== null) owned.record.others['website'] = `https://www.${person.company.domain}/team`;
}

/** Free text names other people, and says nothing of whose record it is. */
function introduction(draft: Draft, person: Contact): string {
  const others = draft.identities.filter(({ channel, owner }) => channel === 'email' && owner !== person);
  const address =
    others.length === 0 ? 'ana@lima.example' : (draft.random.pick(others).namings[0]?.text ?? '');
  return `Introduced by ${address}; ask for ${makeName(draft.random)} first.`;
}

function addressesOf(draft: Draft, person: Contact) {
  const { name, company } = person;
  const work = company === null ? [] : [makeAddress(draft, name, company.domain)];
  const own = company === null || has(draft, 'privateMailbox') ? [makePrivateAddress(draft, name)] : [];
  const third = has(draft, 'thirdMailbox') ? [makePrivateAddress(draft, name)] : [];
  return [...work, ...own, ...third];
}

const has = ({ random }: Draft, what: keyof typeof reach): boolean => random.chance(reach[what] / 100);

/** An identity whose difficulty is not its own but its person's. */
interface Plain {
  channel: 'email' | 'whatsapp' | 'linkedin';
  namings: Naming[];
  value: Pick<HeldValue, 'field' | 'shown' | 'names'>;
}

function plainIdentities(draft: Draft, person: Contact): Plain[] {
  const mails = addressesOf(draft, person).map((address): Plain => {
    const { text, key } = addressOf(address.local, address.domain);
    return {
      channel: 'email',
      namings: [mailFrom(address)],
      value: { field: 'email', shown: text, names: [key] },
    };
  });
  return [...mails, ...plainNumber(draft, person), ...plainProfile(draft, person)];
}

function plainNumber(draft: Draft, { country }: Contact): Plain[] {
  if (!has(draft, 'whatsapp')) return [];
  const number = makeNumber(draft, country, 'mobile');
  const value = { field: 'phone', shown: abroad(number), names: [number.key] } as const;
  return [{ channel: 'whatsapp', namings: [chatWith(number)], value }];
}

function plainProfile(draft: Draft, { name }: Contact): Plain[] {
  if (!has(draft, 'linkedin')) return [];
  const profile = makeProfile(draft, name);
  const value = {
    field: 'linkedin',
    shown: profileUrl(profile.slug),
    names: [publicKey(profile.slug)],
  } as const;
  return [{ channel: 'linkedin', namings: namingsOf(profile), value }];
}

function addStranger(draft: Draft, person: Contact): void {
  for (const { channel, namings } of plainIdentities(draft, person)) {
    addIdentity(draft, { channel, namings, stratum: 'person.stranger', owner: person });
  }
}

function addDuplicated(draft: Draft, person: Contact): void {
  const records = [addRecord(draft, person), addRecord(draft, person)];
  for (const { channel, namings, value } of plainIdentities(draft, person)) {
    const holders = draft.random.chance(0.5) ? records : [draft.random.pick(records)];
    for (const record of holders) hold(record, value);
    const stratum = holders.length === 2 ? 'person.duplicateBoth' : 'person.duplicateOne';
    addIdentity(draft, { channel, namings, stratum, owner: person });
  }
}
