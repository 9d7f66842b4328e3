import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';

let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());

const fields = [
  { key: 'email', type: 'email' as const },
  { key: 'phone', type: 'phone' as const },
];

const identifiersOf = async (recordId: string) => {
  const rows = await resolver.db.rows<{ value: string }>(sql`select value from record_identifier
    where workspace_id = 'acme' and record_id = ${recordId} order by value`);
  return rows.map(({ value }) => value);
};

test('a pipeline answers how many of its records are read anew, by the country that is meant', async () => {
  const { pipelines, records } = resolver.acme;
  expect(await pipelines.upsert.mutate({ pipeline: 'contacts', fields })).toEqual({
    pipeline: 'contacts',
    reread: 0,
  });
  await records.upsertMany.mutate({
    pipeline: 'contacts',
    records: [
      { recordId: '1', fields: { phone: '020 7946 0958' } },
      { recordId: '2', fields: { phone: '(11) 98765-4321' }, defaultCountry: 'br' },
      { recordId: '3', fields: {} },
    ],
  });
  expect(await identifiersOf('1')).toEqual([]);
  expect(await identifiersOf('2')).toEqual(['+5511987654321']);
  const british = { pipeline: 'contacts', fields, defaultCountry: 'UK' };
  expect(await pipelines.upsert.mutate(british)).toEqual({ pipeline: 'contacts', reread: 3 });
  expect(await pipelines.upsert.mutate(british)).toEqual({ pipeline: 'contacts', reread: 0 });
  expect(await identifiersOf('1')).toEqual(['+442079460958']);
  expect(await identifiersOf('2')).toEqual(['+5511987654321']);
});

test('fields that a pipeline is not told of again go, or stay where that is asked for', async () => {
  const { pipelines, records } = resolver.acme;
  const both = { pipeline: 'partners', fields, defaultCountry: 'GB' };
  await pipelines.upsert.mutate(both);
  const partner = { recordId: 'p1', fields: { email: 'ana@lima.example', phone: '020 7946 0958' } };
  await records.upsertMany.mutate({ pipeline: 'partners', records: [partner] });
  const all = ['+442079460958', 'ana@lima.example'];
  expect(await identifiersOf('p1')).toEqual(all);
  const email = { pipeline: 'partners', fields: [{ key: 'email', type: 'email' as const }] };
  await pipelines.upsert.mutate({ ...email, keepOthers: true });
  expect(await identifiersOf('p1')).toEqual(all);
  const asText = {
    pipeline: 'partners',
    fields: [{ key: 'phone', type: 'text' as const }],
    keepOthers: true,
  };
  await pipelines.upsert.mutate(asText);
  expect(await identifiersOf('p1')).toEqual(['ana@lima.example']);
  await pipelines.upsert.mutate({ ...both, keepOthers: true });
  expect(await identifiersOf('p1')).toEqual(all);
  await pipelines.upsert.mutate(email);
  expect(await identifiersOf('p1')).toEqual(['ana@lima.example']);
});

test('what is no country is refused where it stands', async () => {
  const { pipelines, records } = resolver.acme;
  expect(
    await errorOf(pipelines.upsert.mutate({ pipeline: 'p', fields, defaultCountry: 'ZZ' })),
  ).toMatchObject({ code: 'bad_input', field: 'defaultCountry' });
  await pipelines.upsert.mutate({ pipeline: 'p', fields });
  const record = { recordId: '9', fields: {}, defaultCountry: 'Brazil' };
  expect(await errorOf(records.upsertMany.mutate({ pipeline: 'p', records: [record] }))).toMatchObject({
    code: 'bad_input',
    field: 'records.0.defaultCountry',
  });
});

test('a record is deleted once, in its own workspace', async () => {
  const { acme, other } = resolver;
  await acme.pipelines.upsert.mutate({ pipeline: 'leads', fields });
  await acme.records.upsert.mutate({
    pipeline: 'leads',
    recordId: 'd',
    fields: { email: 'ana@lima.example' },
  });
  expect(await errorOf(other.records.delete.mutate({ recordId: 'd' }))).toMatchObject({
    code: 'record_not_found',
    field: 'recordId',
  });
  expect(await acme.records.delete.mutate({ recordId: 'd' })).toEqual({ deleted: true });
  expect(await acme.records.delete.mutate({ recordId: 'd' })).toEqual({ deleted: false });
  expect(await errorOf(acme.records.delete.mutate({ recordId: 'none' }))).toMatchObject({
    code: 'record_not_found',
  });
});
