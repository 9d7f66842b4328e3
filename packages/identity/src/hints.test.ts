import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName, looseHint, nameHint } from './hints.ts';

test.each([
  [{ kind: 'email', value: 'ana.lima+x@googlemail.com' }, 'email:analima@gmail.com'],
  [{ kind: 'email', value: 'ana@lima.example' }, 'email:ana@lima.example'],
  [{ kind: 'email', value: 'no address' }, null],
  [{ kind: 'phone', value: '+541123456789' }, 'phone:+5491123456789'],
  [{ kind: 'phone', value: '+22997000000' }, 'phone:+2290197000000'],
  [{ kind: 'phone', value: '12345' }, null],
  [{ kind: 'linkedin_member', value: 'urn:li:member:117649604' }, 'linkedin:urn:li:member:117649604'],
  [{ kind: 'linkedin_profile', value: 'ACoAAAcDMMQBODyLwZrRcg' }, 'linkedin:urn:li:member:117649604'],
  [{ kind: 'linkedin_sales', value: 'ACwAAAcDMMQBODyLwZrRcg' }, 'linkedin:urn:li:member:117649604'],
  [{ kind: 'linkedin_recruiter', value: 'AEMAAAcDMMQBODyLwZrRcg' }, 'linkedin:urn:li:member:117649604'],
  [{ kind: 'linkedin_public', value: 'ana-lima' }, 'linkedin:ana-lima'],
  [{ kind: 'whatsapp_bsuid', value: '42/US.ABC' }, null],
  [{ kind: 'whatsapp_lid', value: '140874994434143@lid' }, null],
] as const)('the hint of %j is %s', (identifier, hint) => {
  expect(looseHint(identifier)).toBe(hint);
});

test.each([
  ['Lima, Ana', 'ana lima'],
  ['Dr. ana LIMA', 'ana lima'],
  ['Prof. Dr. Ana  Lima, PhD', 'ana lima'],
  ['Frau Ana Lima', 'ana lima'],
  ['Zoë MÜLLER-Łoś', 'los muller zoe'],
  ['Zoe\u0308 Müller', 'muller zoe'],
  ['Jürgen Groß', 'gross jurgen'],
  ['Søren Ærø', 'aero soren'],
  ['İpek IŞIK', 'ipek isik'],
  ['Ana O’Neil', 'ana oneil'],
  ["Ana O'Neil", 'ana oneil'],
  ['山田 太郎', '太郎 山田'],
  ['Don Ng', 'don ng'],
  ['“Ana”', 'ana'],
  ['Dr.', ''],
  ['', ''],
])('the name %s folds to %s', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

test('a name hints at a person of a company, when it has two words', () => {
  expect(nameHint('Lima, Ana', 'acme.com')).toBe('name:ana lima@acme.com');
  expect(nameHint('Ana', 'acme.com')).toBeNull();
  expect(nameHint('Dr. Ana', 'acme.com')).toBeNull();
  expect(nameHint('Ana Lima', '')).toBeNull();
});

test('any name folds, and folds to itself again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name));
    }),
    { numRuns: 2_000 },
  );
  expect(foldName('a '.repeat(500_000)).length).toBeLessThanOrEqual(200);
});
