import { expect, test } from 'vitest';
import { extractIdentifiers } from './extract.ts';
import { hintsOf } from './hints.ts';

const pipeline = {
  fields: [
    { key: 'email', type: 'email' as const },
    { key: 'phone', type: 'phone' as const },
    { key: 'linkedin', type: 'linkedin' as const },
    { key: 'site', type: 'url' as const },
  ],
  defaultCountry: null,
};
const hintsFor = (title: string | null, fields: Record<string, unknown>) =>
  hintsOf(title, extractIdentifiers(fields, pipeline));

test('each identifier suggests by its loose form, and the record shows what it has', () => {
  const fields = { email: 'ana.lima+crm@gmail.com', phone: '+5511987654321', linkedin: 'urn:li:member:42' };
  expect(hintsFor(null, fields)).toEqual([
    { key: 'email:analima@gmail.com', field: 'email', shown: 'ana.lima+crm@gmail.com' },
    { key: 'phone:+5511987654321', field: 'phone', shown: '+5511987654321' },
    { key: 'linkedin:urn:li:member:42', field: 'linkedin', shown: 'urn:li:member:42' },
  ]);
});

test('a name suggests at each company that the record names, never at a provider that everybody uses', () => {
  const fields = {
    email: ['ana@lima.example', 'ana@mail.lima.example', 'ana@gmail.com'],
    site: ['https://www.lima-shop.example/about', 'https://www.linkedin.com/in/ana-lima'],
  };
  expect(hintsFor('Lima, Ana', fields).filter(({ field }) => field === 'title')).toEqual([
    { key: 'name:ana lima@lima.example', field: 'title', shown: 'Lima, Ana' },
    { key: 'name:ana lima@lima-shop.example', field: 'title', shown: 'Lima, Ana' },
  ]);
});

test('one word, or a text as long as no name, suggests nobody', () => {
  const fields = { site: 'lima.example' };
  expect(hintsFor('Ana', fields)).toEqual([]);
  expect(hintsFor(null, fields)).toEqual([]);
  expect(hintsFor('Ana Lima '.repeat(20), fields)).toEqual([]);
  expect(hintsFor('Ana Lima', fields)).toHaveLength(1);
});
