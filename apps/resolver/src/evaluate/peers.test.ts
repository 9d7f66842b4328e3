import { expect, test } from 'vitest';
import { chatWith, numberOf } from './numbers.ts';
import { peerRules } from './peers.ts';
import type { Contact, Identity, Naming, PlannedRecord, Population } from './population.ts';

const owner: Contact = {
  id: 0,
  name: 'Ana Lima',
  isOrganisation: false,
  country: 'BR',
  company: null,
  records: [],
};

function record(
  recordId: string,
  fields: Partial<Record<'email' | 'phone' | 'linkedin', unknown>>,
): PlannedRecord {
  const values = Object.entries(fields).map(([field, shown]) => ({
    field: field as 'email',
    shown,
    names: [],
    from: 0 as const,
  }));
  return {
    recordId,
    pipeline: 'leads',
    title: 'Ana',
    owner,
    defaultCountry: null,
    createdIn: 0,
    values,
    others: {},
  };
}

function identity(naming: Naming): Identity {
  const channel = naming.kind;
  const said = { internal: false, nature: 'person', together: [[0]], clue: null, displayName: null } as const;
  return { id: 0, channel, stratum: 'email.plain', owner, namings: [naming], ...said };
}

function answersTo(naming: Naming, records: PlannedRecord[]): (string | null)[] {
  const population: Population = {
    contacts: [owner],
    companies: [],
    records,
    identities: [identity(naming)],
  };
  return Object.values(peerRules).map((rule) => rule(population)[0]?.recordId ?? null);
}

const mail: Naming = { kind: 'email', text: 'Ana@Lima.example', key: 'email ana@lima.example' };

test('an email address links by all three rules whatever its case', () => {
  expect(answersTo(mail, [record('1', { email: 'ana@LIMA.example' })])).toEqual(['1', '1', '1']);
  expect(answersTo(mail, [record('1', { email: 'Ana <ana@lima.example>' })])).toEqual([null, null, null]);
});

test('two records with one address: only the oldest-wins rule takes one', () => {
  const records = [
    { ...record('1', { email: 'ana@lima.example' }), createdIn: 2 as const },
    record('2', { email: 'ana@lima.example' }),
  ];
  expect(answersTo(mail, records)).toEqual([null, null, '2']);
});

test('a phone number links by its last eight digits, a profile by its very URL', () => {
  const chat = chatWith(numberOf('BR', '11987654321'));
  expect(answersTo(chat, [record('1', { phone: '(21) 8765-4321' })])).toEqual([null, '1', '1']);
  const profile: Naming = { kind: 'linkedin', text: 'https://www.linkedin.com/in/ana', key: 'public ana' };
  expect(answersTo(profile, [record('1', { linkedin: 'https://www.linkedin.com/in/ana' })])).toEqual([
    null,
    '1',
    '1',
  ]);
  expect(answersTo(profile, [record('1', { linkedin: 'https://www.linkedin.com/in/ana/' })])).toEqual([
    null,
    null,
    null,
  ]);
});
