import { KithError } from '@kith/contracts';
import { type Database } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openCrm } from '../../test/crm.ts';
import { violationsOf } from '../../test/invariants.ts';
import { mergeRecords } from '../decisions/merge-records.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

test('a deleted record holds nobody: neither by its identifiers nor by what people said', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  await crm.upsert('93', { email: 'ana@lima.example' });
  await crm.link('bo@x.example', '93');
  expect(await crm.remove('93')).toEqual({ deleted: true });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked', recordId: null });
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ status: 'unlinked', recordId: null });
  await crm.receive({ id: 'c@x' });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked', recordId: null });
  expect(await crm.rows('link_event', 'distinct reason, action', `status = 'unlinked'`)).toEqual([
    { reason: 'record_deleted', action: 'unlinked' },
  ]);
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('whoever is linked to a deleted record is not any more, whatever the link was made of', async () => {
  const crm = await openCrm(db);
  await crm.receive({ id: 'a@x' });
  await crm.upsert('93', {});
  // A link whose evidence nobody has: no rule of today makes it.
  await db.rows(sql`update participant set record_id = '93', status = 'linked', method = 'old', confidence = 0.5
    where workspace_id = ${crm.workspace} and identifier = 'ana@lima.example'`);
  await crm.remove('93');
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked', recordId: null });
});

test('what a deleted record was known by is kept, and tells nobody', async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { email: 'ana@lima.example' });
  await crm.remove('93');
  expect(await crm.rows('record_identifier', 'value')).toEqual([{ value: 'ana@lima.example' }]);
  expect(await crm.rows('record_hint', 'key')).toHaveLength(1);
  expect(await crm.rows('record', 'deleted_at')).toEqual([{ deleted_at: at }]);
});

test('with one of two records gone the other is the only one that holds the address', async () => {
  const crm = await openCrm(db);
  await crm.upsertAll(['93', '94'].map((recordId) => ({ recordId, fields: { email: 'ana@lima.example' } })));
  await crm.receive({ id: 'a@x' });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({
    status: 'ambiguous',
    candidates: ['93', '94'],
  });
  await crm.remove('93');
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({
    status: 'linked',
    recordId: '94',
    candidates: [],
  });
});

test('with the linked record gone a contested participant goes to the other', async () => {
  const crm = await openCrm(db);
  await crm.upsert('93', { email: 'ana@lima.example' });
  await crm.receive({ id: 'a@x' });
  await crm.upsert('94', { email: 'ana@lima.example' });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ recordId: '93', candidates: ['94'] });
  await crm.remove('93');
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ recordId: '94', candidates: [] });
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});

test('deleting once more, or what was merged, deletes nothing, and an unknown record is an error', async () => {
  const crm = await openCrm(db);
  await crm.upsertAll(['93', '94', '95'].map((recordId) => ({ recordId, fields: {} })));
  expect(await crm.remove('93')).toEqual({ deleted: true });
  expect(await crm.remove('93')).toEqual({ deleted: false });
  const stamp = { at, actor: 'key:test' };
  await crm.write((tx) => mergeRecords(tx, { recordId: '94', intoRecordId: '95' }, stamp));
  expect(await crm.remove('94')).toEqual({ deleted: false });
  await expect(crm.remove('96')).rejects.toThrow(KithError);
  await expect(crm.remove('96')).rejects.toMatchObject({ code: 'record_not_found', field: 'recordId' });
  const events = await crm.rows('outbox', 'payload', `payload->>'type' = 'record.deleted'`);
  expect(events).toMatchObject([{ payload: { data: { recordId: '93' } } }]);
});

test('a record stands for those that were merged into it, also when it is deleted and comes back', async () => {
  const crm = await openCrm(db);
  const stamp = { at, actor: 'key:test' };
  await crm.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  await crm.upsertAll([
    { recordId: 'a', fields: { email: 'ana@lima.example' } },
    { recordId: 'b', fields: {} },
  ]);
  await crm.link('bo@x.example', 'a');
  await crm.write((tx) => mergeRecords(tx, { recordId: 'a', intoRecordId: 'b' }, stamp));
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ recordId: 'b' });
  await crm.remove('b');
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ status: 'unlinked' });
  // Writing the merged record does not bring back what it was merged into.
  await crm.upsert('a', { email: ['ana@lima.example', 'more@lima.example'] });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.upsert('b', {})).toBe(2);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ recordId: 'b' });
  expect(await crm.linkOf('bo@x.example')).toMatchObject({ recordId: 'b', method: 'manual' });
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});
