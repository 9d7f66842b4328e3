import { expect, test } from 'vitest';
import { extractIdentifiers, identifiersMax } from './extract.ts';
import type { PipelineField } from './pipeline.ts';

type Type = PipelineField['type'];

function extract(type: Type, value: unknown, defaultCountry: string | null = null) {
  return extractIdentifiers({ it: value }, { fields: [{ key: 'it', type }], defaultCountry });
}

const valuesOf = (type: Type, value: unknown, country?: string) =>
  extract(type, value, country ?? null).identifiers.map((found) => found.value);
const reasonsOf = (type: Type, value: unknown, country?: string) =>
  extract(type, value, country ?? null).unreadable.map(({ reason }) => reason);

test('a text that is too long to be a list of addresses is not read', () => {
  expect(reasonsOf('email', 'x'.repeat(1_000_000))).toEqual(['is longer than 20000 characters']);
  expect(valuesOf('email', ['x@x.example'.padEnd(20_001), 'ana@lima.example'])).toEqual(['ana@lima.example']);
});

test('a quoted value is cut to 60 characters on one line', () => {
  const [reason = ''] = reasonsOf('email', `${'👩'.repeat(300)}\n@@x`);
  expect(Array.from(reason.slice(1, reason.lastIndexOf('"'))).length).toBeLessThanOrEqual(60);
  expect(reason).not.toContain('\n');
});

test('a URL identifies when it is a LinkedIn profile, and otherwise names a company at most', () => {
  expect(extract('url', 'https://www.linkedin.com/in/ana-lima')).toMatchObject({
    identifiers: [{ kind: 'linkedin_public', value: 'ana-lima' }],
    companyDomains: [],
  });
  expect(extract('url', ['https://www.lima.example/about', { url: 'blog.bo.example' }, 'n/a'])).toEqual({
    identifiers: [],
    unreadable: [],
    companyDomains: ['lima.example', 'bo.example'],
  });
  expect(reasonsOf('url', 'https://www.linkedin.com/company/acme/')).toEqual([]);
  expect(reasonsOf('url', 'https://www.linkedin.com/pub/ana-lima/1a/2b3/4c5')).toHaveLength(1);
});

test('a text identifies only where the pipeline says so, and then by everything in it', () => {
  const text =
    'Ana, ana@lima.example, +55 11 98765-4321, https://linkedin.com/in/ana-lima, noreply@lima.example';
  const read = (identifies?: boolean) =>
    extractIdentifiers(
      { it: text },
      {
        fields: [{ key: 'it', type: 'text', ...(identifies === undefined ? {} : { identifies }) }],
        defaultCountry: null,
      },
    );
  expect(read().identifiers).toEqual([]);
  expect(read(false).identifiers).toEqual([]);
  expect(read(true).identifiers.map(({ value }) => value)).toEqual([
    'ana@lima.example',
    '+5511987654321',
    'ana-lima',
  ]);
  expect(reasonsOf('text', 'nothing here')).toEqual([]);
});

test('a value that is wholly one identifier of another family is taken for what it is', () => {
  expect(valuesOf('email', '+55 11 98765-4321')).toEqual(['+5511987654321']);
  expect(valuesOf('phone', 'Ana@Lima.example')).toEqual(['ana@lima.example']);
  expect(valuesOf('phone', 'https://www.linkedin.com/in/ana-lima')).toEqual(['ana-lima']);
  // Digits alone could be anything: an order's number in the email field is nobody's phone.
  expect(reasonsOf('email', '5511987654321')).toEqual(['holds no email address']);
});

test("a record's own country stands above its pipeline's", () => {
  const fields = { phone: '020 7946 0958' };
  const pipeline = { fields: [{ key: 'phone', type: 'phone' as const }], defaultCountry: 'FR' };
  expect(extractIdentifiers(fields, pipeline, 'GB').identifiers).toEqual([
    { kind: 'phone', value: '+442079460958', field: 'phone' },
  ]);
});

test('only fields that the pipeline declares as identifying are read, and only those the record has', () => {
  const fields = { email: 'a@x.example', billing: 'b@x.example', note: 'c@x.example' };
  const declared: PipelineField[] = [
    { key: 'email', type: 'email' },
    { key: 'billing', type: 'email', identifies: false },
    { key: 'note', type: 'text' },
    { key: '__proto__', type: 'email' },
    { key: 'toString', type: 'email' },
  ];
  const extraction = extractIdentifiers(fields, { fields: declared, defaultCountry: null });
  expect(extraction.identifiers).toEqual([{ kind: 'email', value: 'a@x.example', field: 'email' }]);
  expect(extraction.unreadable).toEqual([]);
});

test('a record has at most a thousand identifiers, the first ones, and every field that is cut says so', () => {
  const addresses = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}${index}@x.example`);
  const { identifiers, unreadable } = extractIdentifiers(
    { a: addresses('a', 700), b: addresses('b', 700), c: 'c@x.example' },
    {
      fields: ['a', 'b', 'c'].map((key) => ({ key, type: 'email' as const })),
      defaultCountry: null,
    },
  );
  expect(identifiers).toHaveLength(identifiersMax);
  expect(identifiers.at(-1)).toEqual({ kind: 'email', value: 'b299@x.example', field: 'b' });
  expect(unreadable).toEqual([
    { field: 'b', reason: 'only 300 of its 700 identifiers count: a record has at most 1000' },
    { field: 'c', reason: 'only 0 of its 1 identifiers count: a record has at most 1000' },
  ]);
});

test('a field gives at most twenty reasons', () => {
  const reasons = reasonsOf(
    'email',
    Array.from({ length: 50 }, (_, index) => `bad${index}@`),
  );
  expect(reasons).toHaveLength(20);
  expect(reasons.at(-1)).toBe('and 31 more that cannot be read');
});

test('values beyond five thousand are not read, and the field says so', () => {
  const values = Array.from({ length: 6_000 }, (_, index) => ({ value: `a${index % 10}@x.example` }));
  expect(reasonsOf('email', values)).toEqual(['holds more than 5000 values: the others are not read']);
  expect(valuesOf('email', values)).toHaveLength(10);
});
