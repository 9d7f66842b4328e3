import { type Database } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, counting, openCrm } from '../../test/crm.ts';
import { violationsOf } from '../../test/invariants.ts';
import { mergeRecords } from '../decisions/merge-records.ts';
import { type RecordInput, upsertRecords } from './upsert-records.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

const stamp = { at, actor: 'key:test' };
const identifiers = 'kind, value, record_id, source_record_id, field';

test('a record is written with what identifies it, what may suggest it and what cannot be read', async () => {
  const crm = await openCrm(db);
  const fields = { email: ['Ana+x@Lima.example', 'ana@'], site: 'https://www.lima.example' };
  await crm.upsert('93', fields, { title: 'Ana Lima', defaultCountry: 'BR' });
  expect(
    await crm.rows('record', 'fields, unreadable, title, default_country, read_as is not null as read'),
  ).toEqual([
    {
      fields,
      unreadable: [{ field: 'email', reason: '"ana@" is not an email address' }],
      title: 'Ana Lima',
      default_country: 'BR',
      read: true,
    },
  ]);
  expect(await crm.rows('record_identifier', identifiers)).toEqual([
    { kind: 'email', value: 'ana+x@lima.example', record_id: '93', source_record_id: '93', field: 'email' },
  ]);
  expect(await crm.rows('record_hint', 'key, field, shown')).toEqual([
    { key: 'email:ana@lima.example', field: 'email', shown: 'ana+x@lima.example' },
    { key: 'name:ana lima@lima.example', field: 'title', shown: 'Ana Lima' },
  ]);
});

test('what an upsert leaves out stays: the title and the country; null takes the country away', async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { phone: '(11) 98765-4321' }, { title: 'Ana Lima', defaultCountry: 'BR' });
  await crm.upsert('93', { phone: '(11) 98765-4322', email: 'ana@lima.example' });
  expect(await crm.rows('record_identifier', 'value')).toEqual([
    { value: '+5511987654322' },
    { value: 'ana@lima.example' },
  ]);
  expect(await crm.rows('record_hint', 'key', `field = 'title'`)).toHaveLength(1);
  await crm.upsert('93', { phone: '(11) 98765-4322' }, { defaultCountry: null });
  expect(await crm.rows('record_identifier', 'value')).toEqual([]);
});

test('an identifier is linked as far back as it is known, and its people go with it when it goes', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  expect(await crm.upsert('93', { email: ['ana@lima.example', 'bo@x.example'] })).toBe(2);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({
    recordId: '93',
    method: 'record_identifier_match',
  });
  await crm.receive({ id: 'c@x', from: 'cy@x.example' });
  expect(await crm.upsert('93', { email: ['ana@lima.example', 'cy@x.example'] })).toBe(1);
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ status: 'unlinked', recordId: null });
  expect(await crm.upsert('93', {})).toBe(0);
  expect(await crm.linkOf('cy@x.example')).toMatchObject({ status: 'unlinked', recordId: null });
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('an identifier that stays keeps its row, and since when it is known', async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { email: ['ana@lima.example', 'old@lima.example'] });
  const before = await crm.rows('record_identifier', 'value, since, xmin::text', `value like 'ana%'`);
  await crm.upsert(
    '93',
    { email: ['new@lima.example', 'ana@lima.example'], phone: null },
    { title: 'Ana Lima' },
  );
  expect(await crm.rows('record_identifier', 'value, since, xmin::text', `value like 'ana%'`)).toEqual(
    before,
  );
  expect(await crm.rows('record_identifier', 'value')).toEqual([
    { value: 'ana@lima.example' },
    { value: 'new@lima.example' },
  ]);
});

test('a change that touches no identifier resolves nobody', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' });
  await crm.upsert('93', { email: 'ana@lima.example', note: 'one' });
  const before = await crm.rows('participant', 'id, xmin::text');
  const record = { recordId: '93', title: 'Ana', fields: { email: 'Ana@Lima.example', note: 'two' } };
  const statements = await crm.write(async (tx) => {
    const counted = counting(tx);
    await upsertRecords(counted.tx, { pipeline: 'contacts', records: [record] }, stamp);
    return counted.count();
  });
  expect(await crm.rows('participant', 'id, xmin::text')).toEqual(before);
  expect(await crm.rows('link_event', 'action')).toEqual([{ action: 'linked' }]);
  // The pipeline, what is known, the record, two for identifiers, two for hints, two for words, and the fact: no look at anybody.
  expect(statements).toBe(10);
});

test('a thousand records take as many statements as one', async () => {
  const crm = await openCrm(db);
  const statementsFor = (records: RecordInput[]) =>
    crm.write(async (tx) => {
      const counted = counting(tx);
      await upsertRecords(counted.tx, { pipeline: 'contacts', records }, stamp);
      return counted.count();
    });
  const recordOf = (name: string): RecordInput => ({
    recordId: name,
    title: `Ana ${name}`,
    fields: {
      email: [`${name}@lima.example`, `${name}@home.example`],
      phone: null,
      linkedin: `handle-${name}`,
    },
  });
  const names = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
  await crm.receive(...names.slice(0, 50).map((name) => ({ id: `${name}@m`, from: `${name}@lima.example` })));
  const many = await statementsFor(names.map(recordOf));
  await crm.receive({ id: 'one@m', from: 'one@lima.example' });
  expect(await statementsFor([recordOf('one')])).toBe(many);
  expect(many).toBeLessThan(25);
  expect(await crm.rows('record_identifier', 'count(*)::int as count')).toEqual([{ count: 3_003 }]);
  expect(await crm.rows('participant', 'count(*)::int as count', `status = 'linked'`)).toEqual([
    { count: 51 },
  ]);
});

test('five hundred identifiers of one record all link, and go one by one', async () => {
  const crm = await openCrm(db);
  const addresses = Array.from({ length: 500 }, (_, index) => `a${index}@lima.example`);
  await crm.receive({ id: 'a@x', to: addresses.slice(0, 200) });
  expect(await crm.upsert('93', { email: addresses })).toBe(200);
  await crm.receive({ id: 'b@x', from: 'a499@lima.example', to: [] });
  expect(await crm.linkOf('a499@lima.example')).toMatchObject({ recordId: '93' });
  expect(await crm.upsert('93', { email: addresses.slice(1) })).toBe(0);
  expect(await crm.linkOf('a0@lima.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.linkOf('a1@lima.example')).toMatchObject({ status: 'linked' });
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('an address of three hundred records is ambiguous, a hundred candidates are kept, and one more costs no more', async () => {
  const crm = await openCrm(db);
  const shared = (recordId: string): RecordInput => ({
    recordId,
    fields: { email: 'front-desk@lima.example' },
  });
  const ids = Array.from({ length: 300 }, (_, index) => `r${String(index).padStart(3, '0')}`);
  const first = await crm.write(async (tx) => {
    const counted = counting(tx);
    await upsertRecords(counted.tx, { pipeline: 'contacts', records: ids.slice(0, 2).map(shared) }, stamp);
    return counted.count();
  });
  await crm.upsertAll(ids.slice(2).map(shared));
  await crm.receive({ id: 'a@x', from: 'front-desk@lima.example' });
  const link = await crm.linkOf('front-desk@lima.example');
  expect(link).toMatchObject({ status: 'ambiguous', recordId: null });
  expect(link.candidates).toEqual(ids.slice(0, 100));
  const more = await crm.write(async (tx) => {
    const counted = counting(tx);
    await upsertRecords(counted.tx, { pipeline: 'contacts', records: [shared('r300')] }, stamp);
    return counted.count();
  });
  // Nobody to resolve at first; then one statement to know the participant, and nothing to write of it.
  expect(more).toBeLessThanOrEqual(first + 1);
  expect((await crm.linkOf('front-desk@lima.example')).candidates).toEqual(ids.slice(0, 100));
  await crm.upsertAll(ids.map((recordId) => ({ recordId, fields: {} })));
  expect(await crm.linkOf('front-desk@lima.example')).toMatchObject({ status: 'linked', recordId: 'r300' });
});

test('a field of a megabyte is kept as it came, and the other fields identify', async () => {
  const crm = await openCrm(db);
  const fields = { email: 'x'.repeat(999_000), linkedin: 'https://www.linkedin.com/in/ana-lima' };
  await crm.upsert('93', fields);
  const [record] = await crm.rows<{ fields: object; unreadable: object }>('record', 'fields, unreadable');
  expect(record?.fields).toEqual(fields);
  expect(record?.unreadable).toEqual([{ field: 'email', reason: 'is longer than 20000 characters' }]);
  expect(await crm.rows('record_identifier', 'value')).toEqual([{ value: 'ana-lima' }]);
});

test('the longest names and values fit the indexes', async () => {
  const crm = await openCrm(db);
  const key = '鍵'.repeat(100);
  await crm.pipeline({ fields: [{ key, type: 'text', identifies: true }] });
  const local = '名'.repeat(21);
  const label = 'x'.repeat(60);
  const address = `${local}@${label}.${label}.${label}.example`;
  const handle = `https://www.linkedin.com/in/${'名'.repeat(1_000)}`;
  await crm.upsert(
    '証'.repeat(200),
    { [key]: `${address} ${handle}` },
    { title: `${'名'.repeat(49)} ${'前'.repeat(49)}` },
  );
  expect(await crm.rows('record_identifier', 'value', `kind = 'email'`)).toEqual([{ value: address }]);
});

test('a record that was merged goes on feeding the one that it was merged into, and stays merged', async () => {
  const crm = await openCrm(db);
  await crm.upsertAll([
    { recordId: 'a', fields: { email: 'ana@lima.example' } },
    { recordId: 'b', fields: { email: 'ana@home.example' } },
    { recordId: 'c', fields: {} },
  ]);
  await crm.write((tx) => mergeRecords(tx, { recordId: 'a', intoRecordId: 'b' }, stamp));
  await crm.write((tx) => mergeRecords(tx, { recordId: 'b', intoRecordId: 'c' }, stamp));
  await crm.receive({ id: 'x@x', from: 'ana@new.example' });
  expect(await crm.upsert('a', { email: ['ana@lima.example', 'ana@new.example'] }, { title: 'Ana' })).toBe(1);
  expect(await crm.linkOf('ana@new.example')).toMatchObject({ status: 'linked', recordId: 'c' });
  expect(await crm.rows('record', 'record_id, title, merged_into, deleted_at is null as live')).toMatchObject(
    [
      { record_id: 'a', title: 'Ana', merged_into: 'c', live: false },
      { record_id: 'b', merged_into: 'c', live: false },
      { record_id: 'c', merged_into: null, live: true },
    ],
  );
  expect(await crm.rows('record_identifier', 'value, record_id, source_record_id')).toEqual([
    { value: 'ana@home.example', record_id: 'c', source_record_id: 'b' },
    { value: 'ana@lima.example', record_id: 'c', source_record_id: 'a' },
    { value: 'ana@new.example', record_id: 'c', source_record_id: 'a' },
  ]);
  expect(await crm.rows('record_hint', 'distinct record_id')).toEqual([{ record_id: 'c' }]);
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('a deleted record that is written again has its people back, by its fields and by what people said', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' }, { id: 'c@x', from: 'cy@x.example' });
  await crm.upsert('93', { email: ['ana@lima.example', 'cy@x.example'] });
  await crm.link('bo@x.example', '93');
  await crm.unlink('cy@x.example');
  expect(await crm.remove('93')).toEqual({ deleted: true });
  for (const identifier of ['ana@lima.example', 'bo@x.example', 'cy@x.example']) {
    expect(await crm.linkOf(identifier)).toMatchObject({ status: 'unlinked', recordId: null });
  }
  // The very same fields: no identifier came or went.
  expect(await crm.upsert('93', { email: ['ana@lima.example', 'cy@x.example'] })).toBe(2);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ recordId: '93' });
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ recordId: '93', method: 'manual' });
  expect(await crm.linkOf('cy@x.example')).toMatchObject({ status: 'unlinked', recordId: null });
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('of a record that is named twice in one call the last counts', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' });
  const linked = await crm.upsertAll([
    { recordId: '93', fields: { email: 'ana@lima.example' } },
    { recordId: '93', fields: { email: 'ana@home.example' } },
  ]);
  expect([...linked]).toEqual([['93', 0]]);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked' });
});
