/*
 * What several people share, what passes from one to another, and what is nobody's: one writer for each difficulty
 * of the table, called as often as the table says.
 */
import { type Address, addressOf, mailFrom, makeAddress, makePrivateAddress } from './addresses.ts';
import { sharedDifficulties } from './difficulties.ts';
import { addContact, addIdentity, addRecord, type Draft, hold, unique } from './draft.ts';
import { addOwnIdentities, ownAddress, ownDomain } from './own-identities.ts';
import { abroad, atHome, chatWith, makeNumber, numberOf, type PhoneNumber } from './numbers.ts';
import { type Known, pickColleagues, pickCompany, pickKnown, pickOther } from './pick-people.ts';
import type { Company, Contact, Identity } from './population.ts';

type Difficulty = keyof typeof sharedDifficulties;

/** Adds every difficulty, at least once, in proportion to the number of people. */
export function addShared(draft: Draft, people: number): void {
  addOwnIdentities(draft);
  for (const [name, { perThousand }] of Object.entries(sharedDifficulties)) {
    const times = Math.max(1, Math.round((perThousand * people) / 1000));
    for (let time = 0; time < times; time += 1) writers[name as Difficulty](draft, time);
  }
}

/** `time` counts the calls from 0. */
type Writer = (draft: Draft, time: number) => void;

const writers: Record<Difficulty, Writer> = {
  namesake: (draft) => {
    const [{ person }] = pickColleagues(draft, { atLeast: 1, atMost: 1 });
    const { name, country, company } = person;
    const other = addContact(draft, { name, country, company });
    const address = makeAddress(draft, name, company?.domain ?? 'alone.example');
    holdAddress({ person: other, record: addRecord(draft, other) }, address);
    mail(draft, 'namesake', address, { owner: other });
  },
  family: (draft) => {
    const one = pickKnown(draft);
    const address = familyMailbox(draft, one);
    for (const holder of [one, pickOther(draft, one)]) holdAddress(holder, address);
    mail(draft, 'family', address);
  },
  familyOne: (draft) => {
    const one = pickKnown(draft);
    const address = familyMailbox(draft, one);
    holdAddress(one, address);
    mail(draft, 'familyOne', address);
  },
  // The largest company's switchboard is on the record of everybody there.
  frontDesk: (draft, time) => {
    const colleagues = pickColleagues(draft, { atLeast: 2, atMost: time === 0 ? Infinity : 8 });
    const number = makeNumber(draft, colleagues[0].person.country, 'landline');
    for (const colleague of colleagues) holdNumber(colleague, number);
    chat(draft, 'frontDesk', number);
  },
  frontDeskOne: (draft) => {
    const [colleague] = pickColleagues(draft, { atLeast: 1, atMost: 1 });
    const number = makeNumber(draft, colleague.person.country, 'landline');
    holdNumber(colleague, number);
    chat(draft, 'frontDeskOne', number);
  },
  role: (draft) => {
    const company = pickCompany(draft);
    const organisation = addOrganisation(draft, company);
    const address = roleAddress(draft, company);
    holdAddress(organisation, address);
    mail(draft, 'role', address, { owner: organisation.person });
  },
  roleShared: (draft) => {
    const colleagues = pickColleagues(draft, { atLeast: 2, atMost: 2 });
    const company = colleagues[0].person.company ?? pickCompany(draft);
    const organisation = addOrganisation(draft, company);
    const address = roleAddress(draft, company);
    for (const holder of [organisation, ...colleagues]) holdAddress(holder, address);
    mail(draft, 'roleShared', address, { owner: organisation.person });
  },
  roleUnknown: (draft) => mail(draft, 'roleUnknown', roleAddress(draft, pickCompany(draft))),
  roleOne: (draft) => {
    const [colleague] = pickColleagues(draft, { atLeast: 1, atMost: 1 });
    const address = roleAddress(draft, colleague.person.company ?? pickCompany(draft));
    holdAddress(colleague, address);
    mail(draft, 'roleOne', address);
  },
  reassigned: (draft) => {
    const before = pickKnown(draft);
    const now = pickOther(draft, before);
    const number = makeNumber(draft, before.person.country, 'mobile');
    for (const holder of [before, now]) holdNumber(holder, number);
    chat(draft, 'reassigned', number, now.person);
  },
  staleNumber: (draft) => {
    const before = pickKnown(draft);
    const number = makeNumber(draft, before.person.country, 'mobile');
    holdNumber(before, number);
    chat(draft, 'staleNumber', number, addStranger(draft, before.person));
  },
  staleAddress: (draft) => {
    const [before] = pickColleagues(draft, { atLeast: 1, atMost: 1 });
    const { name, company } = before.person;
    const address = makeAddress(draft, name, company?.domain ?? 'alone.example');
    holdAddress(before, address);
    mail(draft, 'staleAddress', address, { owner: addStranger(draft, before.person) });
  },
  assistant: (draft) => {
    const [assisted] = pickColleagues(draft, { atLeast: 1, atMost: 1 });
    const assistant = addStranger(draft, assisted.person);
    const address = makeAddress(draft, 'Rita Assis', assisted.person.company?.domain ?? 'alone.example');
    holdAddress(assisted, address);
    mail(draft, 'assistant', address, { owner: assistant });
  },
  // A Portuguese mobile has the digits of a landline in Madrid.
  misread: (draft) => {
    const written = makeNumber(draft, 'PT', 'mobile');
    const reads = numberOf('ES', written.national);
    const person = addContact(draft, { name: 'Duarte Reis', country: 'PT', company: null });
    const record = addRecord(draft, person);
    record.defaultCountry = 'ES';
    hold(record, { field: 'phone', shown: atHome(written), names: [reads.key] });
    chat(draft, 'misread', reads, addContact(draft, { name: 'Pilar Soto', country: 'ES', company: null }));
  },
  list: (draft) => {
    const address = uniqueAddress(draft, ['team', 'dev', 'news'], `lists.${pickCompany(draft).domain}`);
    holdAddress(pickKnown(draft), address);
    mail(draft, 'list', address, { nature: 'list' });
  },
  machine: (draft) => {
    const address = uniqueAddress(draft, ['no-reply', 'noreply', 'notifications'], pickCompany(draft).domain);
    holdAddress(pickKnown(draft), address);
    mail(draft, 'machine', address, { nature: 'machine' });
  },
  nobody: (draft, time) => {
    const { domain } = pickCompany(draft);
    if (time % 2 === 0)
      mail(draft, 'nobody', uniqueAddress(draft, ['no-reply'], domain), { nature: 'machine' });
    else mail(draft, 'nobody', uniqueAddress(draft, ['all'], `lists.${domain}`), { nature: 'list' });
  },
  team: (draft) => mail(draft, 'team', teamAddress(draft), { internal: true }),
  teamRecord: (draft) => {
    const address = teamAddress(draft);
    const person = addContact(draft, { name: 'Rui Teles', country: 'BR', company: null });
    holdAddress({ person, record: addRecord(draft, person) }, address);
    mail(draft, 'teamRecord', address, { internal: true });
  },
  ownRecord: (draft) => holdAddress(pickKnown(draft), ownAddress),
};

function mail(
  draft: Draft,
  difficulty: Difficulty,
  address: Address,
  said: { owner?: Contact; nature?: Identity['nature']; internal?: boolean } = {},
): void {
  const named = { channel: 'email', stratum: `shared.${difficulty}`, namings: [mailFrom(address)] } as const;
  addIdentity(draft, { owner: null, ...named, ...said });
}

function chat(draft: Draft, difficulty: Difficulty, number: PhoneNumber, owner: Contact | null = null): void {
  addIdentity(draft, {
    channel: 'whatsapp',
    stratum: `shared.${difficulty}`,
    owner,
    namings: [chatWith(number)],
  });
}

function holdAddress({ record }: Known, { text, key }: Address): void {
  hold(record, { field: 'email', shown: text, names: [key] });
}

function holdNumber({ record }: Known, number: PhoneNumber): void {
  hold(record, { field: 'phone', shown: abroad(number), names: [number.key] });
}

const familyMailbox = (draft: Draft, { person }: Known): Address =>
  makePrivateAddress(draft, `Familia ${person.name.split(' ').at(-1) ?? 'Lima'}`);

const addStranger = (draft: Draft, { country, company }: Contact): Contact =>
  addContact(draft, { name: 'Novo Dono', country, company });

function addOrganisation(draft: Draft, { domain, country }: Company): Known {
  const person = addContact(draft, { name: domain, isOrganisation: true, country, company: null });
  return { person, record: addRecord(draft, person) };
}

const roleAddress = (draft: Draft, { domain }: Company): Address =>
  uniqueAddress(draft, ['info', 'sales', 'contact', 'billing', 'office'], domain);

const teamAddress = (draft: Draft): Address => makeAddress(draft, 'Rui Teles', ownDomain);

/** One of these names at the domain, with a number where it is taken. */
function uniqueAddress(draft: Draft, locals: readonly string[], domain: string): Address {
  const local = draft.random.pick(locals);
  const nameFor = (attempt: number) => (attempt === 0 ? local : `${local}${attempt + 1}`);
  const key = unique(draft, (attempt) => addressOf(nameFor(attempt), domain).key);
  return addressOf(key.slice('email '.length, key.indexOf('@')), domain);
}
