import { expect, test } from 'vitest';
import { extractIdentifiers } from './extract.ts';
import type { PipelineField } from './pipeline.ts';

type Type = PipelineField['type'];

function extract(type: Type, value: unknown, defaultCountry: string | null = null) {
  return extractIdentifiers({ it: value }, { fields: [{ key: 'it', type }], defaultCountry });
}

const valuesOf = (type: Type, value: unknown, country?: string) =>
  extract(type, value, country ?? null).identifiers.map((found) => found.value);
const reasonsOf = (type: Type, value: unknown, country?: string) =>
  extract(type, value, country ?? null).unreadable.map(({ reason }) => reason);

test.each<[unknown, string[]]>([
  ['Ana@Lima.example', ['ana@lima.example']],
  [
    ['ana@lima.example', 'ana@home.example'],
    ['ana@lima.example', 'ana@home.example'],
  ],
  ['ana@lima.example; ana@home.example', ['ana@lima.example', 'ana@home.example']],
  ['ana@lima.example/ana@home.example', ['ana@lima.example', 'ana@home.example']],
  [
    'ana@lima.example\nana@home.example\t bo@x.example',
    ['ana@lima.example', 'ana@home.example', 'bo@x.example'],
  ],
  ['Ana Lima <ana@lima.example>, "Bo" <bo@x.example>', ['ana@lima.example', 'bo@x.example']],
  ['mailto:Ana@lima.example?subject=Hello', ['ana@lima.example']],
  ['SMTP:ana@lima.example', ['ana@lima.example']],
  ['work: ana@lima.example.', ['ana@lima.example']],
  ['<a href="mailto:ana@lima.example">write</a>', ['ana@lima.example']],
  ['private: ana@home.example (do not use ana@old.example!)', ['ana@home.example', 'ana@old.example']],
  ["Miles O'Brien <miles.o'brien@lima.example>", ["miles.o'brien@lima.example"]],
  [['ana@lima.example', 'ANA@lima.example'], ['ana@lima.example']],
  [
    [['ana@lima.example'], [['bo@x.example']]],
    ['ana@lima.example', 'bo@x.example'],
  ],
  ['["ana@lima.example","bo@x.example"]', ['ana@lima.example', 'bo@x.example']],
  [null, []],
  [false, []],
  ['', []],
  ['  ', []],
  [[], []],
  [{}, []],
])('as an email field %j holds %j and nothing that cannot be read', (value, expected) => {
  expect(valuesOf('email', value)).toEqual(expected);
  expect(reasonsOf('email', value)).toEqual([]);
});

test.each<[string, Type, unknown, string[]]>([
  [
    'addresses with labels',
    'email',
    [
      { label: 'work', value: 'ana@lima.example', primary: true },
      { label: 'home', value: '', primary: false },
    ],
    ['ana@lima.example'],
  ],
  [
    'a primary address and more',
    'email',
    { primaryEmail: 'ana@lima.example', additionalEmails: ['ana@home.example'] },
    ['ana@lima.example', 'ana@home.example'],
  ],
  ['an empty primary address', 'email', { primaryEmail: '', additionalEmails: null }, []],
  [
    'addresses split into their parts',
    'email',
    [
      {
        email_address: 'ana@lima.example',
        original_email_address: 'Ana@Lima.example',
        email_domain: 'lima.example',
        email_local_specifier: 'ana',
      },
    ],
    ['ana@lima.example'],
  ],
  [
    'who wrote the value down is somebody else',
    'email',
    { value: 'ana@lima.example', updatedBy: 'rep@acme.example', owner: { email: 'boss@acme.example' } },
    ['ana@lima.example'],
  ],
  [
    'a primary phone with its country and calling code',
    'phone',
    {
      primaryPhoneNumber: '6 12 34 56 78',
      primaryPhoneCountryCode: 'FR',
      primaryPhoneCallingCode: '+33',
      additionalPhones: [{ number: '11 98765-4321', countryCode: 'BR', callingCode: '+55' }],
    },
    ['+33612345678', '+5511987654321'],
  ],
  [
    'an empty primary phone with its country',
    'phone',
    {
      primaryPhoneNumber: '',
      primaryPhoneCountryCode: 'FR',
      primaryPhoneCallingCode: '+33',
      additionalPhones: null,
    },
    [],
  ],
  [
    'a number beside its calling code',
    'phone',
    { number: '612345678', countryCode: '+33' },
    ['+33612345678'],
  ],
  [
    'a number beside its calling code as a number',
    'phone',
    { number: 612345678, countryCode: 33 },
    ['+33612345678'],
  ],
  [
    'a number beside its country',
    'phone',
    [{ original_phone_number: '020 7946 0958', country_code: 'GB' }],
    ['+442079460958'],
  ],
  [
    'a number beside its area',
    'phone',
    { country_code: '49', area_code: '030', number: '1234567' },
    ['+49301234567'],
  ],
  ['a number beside a code', 'phone', { code: '+55', number: '11 98765-4321' }, ['+5511987654321']],
  [
    'addresses by their rank',
    'email',
    { primary: 'ana@lima.example', secondary: 'ana@home.example' },
    ['ana@lima.example', 'ana@home.example'],
  ],
  [
    'what else is known of a number is no number',
    'phone',
    {
      value: '+55 11 98765-4321',
      label: 'mobile',
      id: '14155552671',
      verifiedAt: '2026-05-01T10:00:00Z',
      updated: 1_714_557_600,
      metadata: { source: { id: '442079460958' } },
    },
    ['+5511987654321'],
  ],
  [
    'phones by their use',
    'phone',
    { work: '+442079460958', mobile: '+5511987654321', fax: null },
    ['+442079460958', '+5511987654321'],
  ],
  [
    'links with labels',
    'linkedin',
    {
      primaryLinkUrl: 'https://www.linkedin.com/in/Ana-Lima/',
      primaryLinkLabel: 'linkedin',
      secondaryLinks: [],
    },
    ['ana-lima'],
  ],
  ['a handle of a network', 'linkedin', { network: 'linkedin', handle: 'ana-lima' }, ['ana-lima']],
  [
    'a URL under its own key',
    'linkedin',
    [{ url: 'linkedin.com/in/ana-lima', type: 'linkedin' }],
    ['ana-lima'],
  ],
])('%s: all that is read, and no failure', (_, type, value, expected) => {
  expect(valuesOf(type, value)).toEqual(expected);
  expect(reasonsOf(type, value)).toEqual([]);
});

test.each<[unknown, string | undefined, string[]]>([
  ['+55 11 98765-4321', undefined, ['+5511987654321']],
  ['(11) 98765-4321', 'BR', ['+5511987654321']],
  [11987654321, 'BR', ['+5511987654321']],
  ['020 7946 0958 ext 12', 'GB', ['+442079460958']],
  ['tel:+44-20-7946-0958;ext=12', undefined, ['+442079460958']],
  ['+44 (0)20 7946 0958', undefined, ['+442079460958']],
  ['+442079460958;+5511987654321', undefined, ['+442079460958', '+5511987654321']],
  ['+44 20 7946 0958 / +55 11 98765-4321', undefined, ['+442079460958', '+5511987654321']],
  ['+44 20 7946 0958 +55 11 98765-4321', undefined, ['+442079460958', '+5511987654321']],
  ['020 7946 0958, 020 7946 0018', 'GB', ['+442079460958', '+442079460018']],
  ['020 7946 0958 or 020 7946 0018', 'GB', ['+442079460958', '+442079460018']],
  [
    'mobile: +55 11 98765-4321 (WhatsApp), office 020 7946 0958 ext 12',
    'GB',
    ['+5511987654321', '+442079460958'],
  ],
  [['+442079460958', { value: '+5511987654321' }], undefined, ['+442079460958', '+5511987654321']],
  ['5511987654321@s.whatsapp.net', undefined, ['+5511987654321']],
  ['+1 415 555 0100,,23', undefined, ['+14155550100']],
  ['030 1234567 / 030 1234568', 'DE', ['+49301234567', '+49301234568']],
  ['home 2079460958; since 2024-05-01', 'GB', ['+442079460958']],
  ['+44 20 7946 0958 (Mon-Fri 9:00-17:30, 2nd floor, since 01.05.2024)', 'GB', ['+442079460958']],
  ['01.05.20.24.10', 'FR', ['+33105202410']],
])('as a phone field %j of %s holds %j', (value, country, expected) => {
  expect(valuesOf('phone', value, country).toSorted()).toEqual(expected.toSorted());
  expect(reasonsOf('phone', value, country)).toEqual([]);
});

test.each<[unknown, string[]]>([
  ['https://www.linkedin.com/in/Ana-Lima/?utm_source=x', ['ana-lima']],
  ['ana-lima', ['ana-lima']],
  ['urn:li:member:42', ['urn:li:member:42']],
  ['https://www.linkedin.com/in/ana-lima https://linkedin.com/in/bo-x', ['ana-lima', 'bo-x']],
  ['https://www.linkedin.com/in/ana-lima, https://linkedin.com/in/bo-x', ['ana-lima', 'bo-x']],
  ['https://www.linkedin.com/in/ana-lima\nhttps://linkedin.com/in/bo-x', ['ana-lima', 'bo-x']],
  ['Ana: linkedin.com/in/ana-lima (new)', ['ana-lima']],
  ['ana-lima, bo-x', ['ana-lima', 'bo-x']],
  [
    'https://www.linkedin.com/in/ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E',
    ['ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E'],
  ],
])('as a LinkedIn field %j holds %j', (value, expected) => {
  expect(valuesOf('linkedin', value)).toEqual(expected);
  expect(reasonsOf('linkedin', value)).toEqual([]);
});

test.each<[Type, unknown, string]>([
  ['email', 'call her', 'holds no email address'],
  ['email', ['', { label: 'work', value: 'call her' }], 'holds no email address'],
  ['email', 'ana@', '"ana@" is not an email address'],
  ['email', 'ana at lima@@example', '"lima@@example" is not an email address'],
  ['email', 7, 'is neither a text nor a list of texts'],
  ['email', true, 'is neither a text nor a list of texts'],
  ['email', [[[[[[['ana@lima.example']]]]]]], 'is nested too deep to be read'],
  [
    'email',
    'noreply@lima.example',
    'the address "noreply@lima.example" is a machine\'s and identifies nobody',
  ],
  ['phone', 'call her', 'holds no phone number'],
  ['phone', -5, 'is neither a text nor a list of texts'],
  ['phone', 1e21, 'is neither a text nor a list of texts'],
  [
    'phone',
    '(11) 98765-4321',
    'the phone number "(11) 98765-4321" has no country: write it with +, or give the pipeline a defaultCountry',
  ],
  ['phone', '12345', 'the phone number "12345" is a short code, which identifies nobody'],
  ['linkedin', 'Ana Lima', 'holds no LinkedIn profile'],
  ['linkedin', 'n/a', 'holds no LinkedIn profile'],
  [
    'linkedin',
    'https://www.linkedin.com/company/acme/',
    '"https://www.linkedin.com/company/acme/" is a company\'s page on LinkedIn, not a person\'s',
  ],
  [
    'linkedin',
    'https://www.linkedin.com/pub/ana-lima/1a/2b3/4c5',
    '"https://www.linkedin.com/pub/ana-lima/1a/2b3/4c5" is an old LinkedIn address: open it and write the one it leads to',
  ],
  [
    'linkedin',
    'acoaaacdmmqbodylwzrrcgyhrkcafurgqva0u4e',
    'the LinkedIn id "acoaaacdmmqbodylwzrrcgyhrkcafurgqva0u4e" has lost its capital letters: write it as LinkedIn does',
  ],
])('as %s %j identifies nobody, and says why', (type, value, reason) => {
  expect(extract(type, value).identifiers).toEqual([]);
  expect(reasonsOf(type, value)).toEqual([reason]);
});

test('what can be read of a value is read, and the rest says why', () => {
  expect(extract('email', 'ana@lima.example, bo@, noreply@lima.example')).toMatchObject({
    identifiers: [{ kind: 'email', value: 'ana@lima.example', field: 'it' }],
    unreadable: [
      { field: 'it', reason: '"bo@" is not an email address' },
      { field: 'it', reason: 'the address "noreply@lima.example" is a machine\'s and identifies nobody' },
    ],
  });
  expect(reasonsOf('phone', 'mobile +55 11 98765-4321, office 7946 0958')).toEqual([
    expect.stringContaining('"7946 0958" has no country'),
  ]);
  expect(reasonsOf('email', { primaryEmail: 'ana@lima.example', additionalEmails: ['bo@'] })).toEqual([
    '"bo@" is not an email address',
  ]);
});

test('digits among words are no phone number for certain, and a date is none', () => {
  expect(extract('phone', 'see order 1234567890 from 2024-05-01', 'US')).toMatchObject({
    identifiers: [],
    unreadable: [{ reason: '"1234567890" may be a phone number: write it with + to be sure' }],
  });
  expect(reasonsOf('phone', '01.05.2024', 'DE')).toEqual(['holds no phone number']);
  expect(reasonsOf('phone', '2024-05-01 10:00', 'GB')).toEqual(['holds no phone number']);
});
