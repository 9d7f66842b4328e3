import { type Database } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { createLog } from '@kith/service';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, contactFields, openCrm } from '../../test/crm.ts';
import { violationsOf } from '../../test/invariants.ts';
import { rereadAtStart } from './reread-at-start.ts';
import { rereadPipeline, rereadStaleRecords } from './reread-records.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

type Crm = Awaited<ReturnType<typeof openCrm>>;
const reread = { actor: 'rule', now: () => new Date(at) };
const rereadContacts = (crm: Crm, more: object = {}) =>
  rereadPipeline(db, { workspace: crm.workspace, pipeline: 'contacts' }, { ...reread, ...more });
/** What an earlier version left: rows that say nothing of how they were read. */
const forget = (crm: Crm, where = 'true') =>
  db.rows(sql`update record set read_as = null where workspace_id = ${crm.workspace} and ${sql.raw(where)}`);

test('a pipeline that reads another field links by it at once, and no longer by what it leaves out', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  await crm.upsert('93', { email: 'ana@lima.example', private: 'bo@x.example' });
  const fields = [
    { key: 'email', type: 'email' as const, identifies: false },
    { key: 'private', type: 'email' as const },
  ];
  await crm.pipeline({ fields });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ recordId: '93' });
  expect(await rereadContacts(crm)).toBe(1);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ recordId: '93' });
  expect(await rereadContacts(crm)).toBe(0);
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('a country that the pipeline learns makes phone numbers readable, and their reasons go', async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { phone: '020 7946 0958' });
  expect(await crm.rows('record_identifier', 'value')).toEqual([]);
  await crm.pipeline({ defaultCountry: 'GB' });
  expect(await rereadContacts(crm)).toBe(1);
  expect(await crm.rows('record_identifier', 'value')).toEqual([{ value: '+442079460958' }]);
  expect(await crm.rows('record', 'unreadable')).toEqual([{ unreadable: [] }]);
});

test('rereading goes chunk by chunk, and goes on where it was cut short', async () => {
  const crm = await openCrm(db);
  const records = Array.from({ length: 1_001 }, (_, index) => ({
    recordId: `r${index}`,
    fields: { email: `a${index}@x.example`, private: `b${index}@x.example` },
  }));
  await crm.upsertAll(records);
  await crm.receive({ id: 'a@x', from: 'b1000@x.example' }, { id: 'b@x', from: 'b0@x.example' });
  await crm.pipeline({ fields: [...contactFields, { key: 'private', type: 'email' }] });
  const dying = new AbortController();
  const chunks: number[] = [];
  const onChunk = () => {
    chunks.push(1);
    dying.abort();
  };
  expect(await rereadContacts(crm, { onChunk, signal: dying.signal })).toBe(500);
  expect(await rereadContacts(crm, { onChunk })).toBe(501);
  expect(chunks).toHaveLength(3);
  expect(await crm.linkOf('b0@x.example')).toMatchObject({ recordId: 'r0' });
  expect(await crm.linkOf('b1000@x.example')).toMatchObject({ recordId: 'r1000' });
  expect(await crm.rows('record_identifier', 'count(*)::int as count')).toEqual([{ count: 2_002 }]);
});

test('chunks stay small in memory whatever their records hold', async () => {
  const crm = await openCrm(db);
  const large = (recordId: string) => ({ recordId, fields: { email: 'x'.repeat(999_000) } });
  for (const recordId of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) {
    await crm.upsertAll([large(recordId)]);
  }
  await forget(crm);
  const chunks: number[] = [];
  expect(await rereadContacts(crm, { onChunk: () => chunks.push(1) })).toBe(12);
  expect(chunks).toHaveLength(2);
});

test('what is read the same way is left as it is: rows, times, and people', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' });
  await crm.upsert('93', { email: 'ana@lima.example' }, { title: 'Ana Lima' });
  await forget(crm);
  const tables = ['record_identifier', 'record_hint', 'participant'];
  const before = await Promise.all(tables.map((table) => crm.rows(table, 'xmin::text')));
  const [record] = await crm.rows('record', 'fields, title, updated_at');
  expect(await rereadContacts(crm)).toBe(1);
  expect(await Promise.all(tables.map((table) => crm.rows(table, 'xmin::text')))).toEqual(before);
  expect(await crm.rows('record', 'fields, title, updated_at')).toEqual([record]);
});

test("a record's own country and its merge stand when it is reread", async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { phone: '020 7946 0958' }, { defaultCountry: 'GB' });
  await crm.upsert('94', {});
  await db.rows(sql`update record set merged_into = '94', deleted_at = now()
    where workspace_id = ${crm.workspace} and record_id = '93'`);
  await db.rows(sql`delete from record_identifier where workspace_id = ${crm.workspace}`);
  await crm.pipeline({ defaultCountry: 'FR' });
  await rereadContacts(crm);
  expect(await crm.rows('record_identifier', 'value, record_id, source_record_id')).toEqual([
    { value: '+442079460958', record_id: '94', source_record_id: '93' },
  ]);
});

test('at the start every workspace is reread, a pipeline that fails keeps no other from it, and the end stops it', async () => {
  const [one, two, three] = [await openCrm(db), await openCrm(db), await openCrm(db)];
  for (const crm of [one, two, three]) {
    await crm.upsert('93', { email: 'ana@lima.example' });
    await forget(crm);
    await db.rows(sql`delete from record_identifier where workspace_id = ${crm.workspace}`);
  }
  // What no version writes: a record without any fields, at which reading fails for good.
  await db.rows(sql`update record set fields = 'null' where workspace_id = ${two.workspace}`);
  const failed: string[] = [];
  const onFailure = (_: unknown, { workspace }: { workspace: string }) => failed.push(workspace);
  await rereadStaleRecords(db, { ...reread, onFailure });
  expect(failed).toEqual([two.workspace]);
  expect(await one.rows('record_identifier', 'value')).toEqual([{ value: 'ana@lima.example' }]);
  expect(await three.rows('record_identifier', 'value')).toEqual([{ value: 'ana@lima.example' }]);

  const ended = AbortSignal.abort();
  const parts = {
    db,
    relay: { wake: () => {} },
    log: createLog({ name: 'test', level: 'silent' }),
    now: reread.now,
  };
  await forget(one);
  await rereadAtStart({ ...parts, signal: ended });
  expect(await one.rows('record', 'read_as')).toEqual([{ read_as: null }]);
  await rereadAtStart({ ...parts, signal: new AbortController().signal });
  expect(await one.rows('record', 'read_as is null as stale')).toEqual([{ stale: false }]);
});

test('rereading beside writing misses nobody', async () => {
  const crm = await openCrm(db);
  const records = Array.from({ length: 600 }, (_, index) => ({
    recordId: `r${index}`,
    fields: { email: `a${index}@x.example`, private: `b${index}@x.example` },
  }));
  await crm.upsertAll(records);
  await crm.pipeline({ fields: [...contactFields, { key: 'private', type: 'email' }] });
  await Promise.all([
    rereadContacts(crm),
    rereadContacts(crm),
    ...[1, 200, 400, 599].flatMap((index) => [
      crm.receive({ id: `m${index}@x`, from: `b${index}@x.example` }),
      crm.upsert(`r${index}`, { email: `a${index}@x.example`, private: `b${index}@x.example` }),
    ]),
  ]);
  for (const index of [1, 200, 400, 599]) {
    expect(await crm.linkOf(`b${index}@x.example`)).toMatchObject({ recordId: `r${index}` });
  }
  expect(await crm.rows('record_identifier', 'count(*)::int as count')).toEqual([{ count: 1_200 }]);
});
