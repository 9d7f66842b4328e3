import { expect, test } from 'vitest';
import { extractIdentifiers } from './extract.ts';
import type { PipelineField } from './pipeline.ts';

const email: PipelineField = { key: 'email', type: 'email' };
const valuesOf = (value: unknown) =>
  extractIdentifiers({ email: value }, [email]).identifiers.map((found) => found.value);

test.each([
  ['Ana@Lima.example', ['ana@lima.example']],
  [
    ['ana@lima.example', 'ana@home.example'],
    ['ana@lima.example', 'ana@home.example'],
  ],
  ['ana@lima.example; ana@home.example', ['ana@lima.example', 'ana@home.example']],
  ['Ana Lima <ana@lima.example>, "Bo" <bo@x.example>', ['ana@lima.example', 'bo@x.example']],
  ['private: ana@home.example (do not use ana@old.example!)', ['ana@home.example', 'ana@old.example']],
  [['ana@lima.example', 'ANA@lima.example'], ['ana@lima.example']],
  [null, []],
  ['', []],
])('%j holds %j', (value, expected) => {
  expect(valuesOf(value)).toEqual(expected);
});

test('a field that identifies nothing says why', () => {
  const reasonOf = (value: unknown) => extractIdentifiers({ email: value }, [email]).unreadable;
  expect(reasonOf('call her')).toEqual([{ field: 'email', reason: 'holds no email address' }]);
  expect(reasonOf({ a: 1 })).toEqual([{ field: 'email', reason: 'is neither a text nor a list of texts' }]);
  expect(reasonOf('x'.repeat(1_000_000))).toEqual([
    { field: 'email', reason: 'is longer than 20000 characters' },
  ]);
  expect(reasonOf('')).toEqual([]);
});

test('only fields that the pipeline declares as identifying are read', () => {
  const fields = {
    email: 'a@x.example',
    billing: 'b@x.example',
    note: 'c@x.example',
    __proto__: 'd@x.example',
  };
  const declared: PipelineField[] = [
    email,
    { key: 'billing', type: 'email', identifies: false },
    { key: 'note', type: 'text' },
  ];
  expect(extractIdentifiers(fields, declared).identifiers).toEqual([
    { kind: 'email', value: 'a@x.example', field: 'email' },
  ]);
});
