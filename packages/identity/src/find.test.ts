import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIdentifiers } from './find.ts';

const keysIn = (text: string, defaultCountry: string | null = null): string[] =>
  findIdentifiers(text, { defaultCountry }).map(({ key }) => key);

test('a signature’s identifiers are found in order, with what is written and where', () => {
  const text = 'Ana Lima <Ana@lima.example>\nT: +55 11 98765-4321 ramal 12 | linkedin.com/in/Ana-Lima.';
  const found = findIdentifiers(text);
  expect(found).toEqual([
    {
      kind: 'email',
      key: 'ana@lima.example',
      loose: 'ana@lima.example',
      written: 'Ana@lima.example',
      at: 10,
    },
    {
      kind: 'phone',
      key: '+5511987654321',
      loose: '+5511987654321',
      written: '+55 11 98765-4321 ramal 12',
      at: 31,
    },
    {
      kind: 'linkedin_public',
      key: 'ana-lima',
      loose: 'ana-lima',
      written: 'linkedin.com/in/Ana-Lima',
      at: 60,
    },
  ]);
});

test('what is written twice is found once, where it is written first', () => {
  const found = findIdentifiers('ana@lima.example, ANA@lima.example, +4915112345678 or 0049 151 12345678');
  expect(found.map(({ key, at }) => [key, at])).toEqual([
    ['ana@lima.example', 0],
    ['+4915112345678', 36],
  ]);
});

test('only the kinds asked for are found', () => {
  const text = 'ana@lima.example +4915112345678 linkedin.com/in/ana';
  expect(findIdentifiers(text, { kinds: ['phone'] }).map(({ kind }) => kind)).toEqual(['phone']);
  expect(findIdentifiers(text, { kinds: [] })).toEqual([]);
});

test.each([
  ["Ana's mail is 'ana@lima.example'.", ['ana@lima.example']],
  ['“ana@lima.example”, (bob@ray.example)', ['ana@lima.example', 'bob@ray.example']],
  ['mailto:ana@lima.example?subject=x', ['ana@lima.example']],
  ['ana@lima.example.', ['ana@lima.example']],
  ['邮箱ana@lima.example请回复', ['ana@lima.example']],
  ['ana＠lima.example', ['ana@lima.example']],
  ['иван@пример.рф', ['иван@xn--e1afmkfd.xn--p1ai']],
  ['https://social.example/@ana.lima', []],
  ['https://lima.example/?to=ana@lima.example', []],
  ['https://ana:secret@lima.example/', []],
  ['ana@localhost, 3.50@2.1, @ana, ana@', []],
  ['4915112345678@s.whatsapp.net', []],
])('the addresses in %s are %j', (text, keys) => {
  expect(findIdentifiers(text, { kinds: ['email'] }).map(({ key }) => key)).toEqual(keys);
});

test.each([
  ['+44 (0)20 7946 0958', null, ['+442079460958']],
  ['(+49) 30 901820', null, ['+4930901820']],
  ['tel:+4930901820', null, ['+4930901820']],
  ['https://wa.me/4930901820', null, []],
  ['https://wa.me/+4930901820', null, ['+4930901820']],
  ['+٩٦٦٥٠١٢٣٤٥٦٧', null, ['+966501234567']],
  ['+49 30 901820\n+49 30 901821', null, ['+4930901820', '+4930901821']],
  ['+49 30 901822/23', null, ['+4930901822']],
  ['030 901820', null, []],
  ['030 901820 und 0151/12345678', 'DE', ['+4930901820', '+4915112345678']],
  ['(415) 555-2671', 'US', ['+14155552671']],
  ['415.555.2671', 'US', ['+14155552671']],
  ['Phone 4155552671', 'US', ['+14155552671']],
  ['order 4155552671, #4155552672, $4155552673', 'US', []],
  ['2026-11-22, 22.11.2026, 12/11/2026, 10:00', 'DE', []],
  ['192.168.100.200', 'US', []],
  ['https://lima.example/4155552671/415-555-2671', 'US', []],
  ['DE89 3704 0044 0532 0130 00', 'DE', []],
  ['+1 555 123 4567', null, []],
])('the phones in %s for %s are %j', (text, country, keys) => {
  expect(keysIn(text, country)).toEqual(keys);
});

test.each([
  ['see https://br.linkedin.com/in/ana-lima?trk=x, or', ['ana-lima']],
  ['(www.linkedin.com/in/ana-lima)', ['ana-lima']],
  ['[me](https://www.linkedin.com/in/z%C3%A9/)', ['zé']],
  ['urn:li:member:42', ['urn:li:member:42']],
  ['https://www.linkedin.com/company/acme', []],
  ['https://evil-linkedin.com/in/ana', []],
  ['https://linkedin.com@evil.io/in/ana', []],
  ['I am on LinkedIn. ana-lima', []],
])('the profiles in %s are %j', (text, keys) => {
  expect(findIdentifiers(text, { kinds: ['linkedin'] }).map(({ key }) => key)).toEqual(keys);
});

test('what stands after 20,000 characters is not read', () => {
  expect(keysIn(`${' '.repeat(19_980)}ana@lima.example`)).toEqual(['ana@lima.example']);
  expect(keysIn(`${' '.repeat(20_000)}ana@lima.example`)).toEqual([]);
});

test('any text gives a result whose places hold what was written', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.constantFrom(
      '+49 30 901820',
      ' linkedin.com/in/ana',
      'tel:',
      '٣٤',
      '<',
      '\n',
      '😀',
      '@',
      '0151 12345678',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      for (const { at, written } of findIdentifiers(text, { defaultCountry: 'DE' })) {
        expect(text.slice(at, at + written.length)).toBe(written);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  'a@b.',
  '@',
  'a',
  '+',
  '+1 ',
  '1-',
  '(1',
  'linkedin.com/in/',
  'urn:li:',
  'a.linkedin.',
  '+491511234567 ',
  '٣',
])('a megabyte of %s is read in part', (part) => {
  expect(findIdentifiers(part.repeat(1_000_000 / part.length)).length).toBeLessThan(300);
});
