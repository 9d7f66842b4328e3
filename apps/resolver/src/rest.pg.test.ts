/*
 * The REST side of the writes: every route answers what the published document says, and so does every error that a
 * caller can bring about; and every event that all of this makes is as the AsyncAPI document has it.
 */
import { openEventContract } from '@kith/bus/testing';
import { createApiKey } from '@kith/database';
import { openRestContract, type RestContract } from '@kith/service/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiWorkspace, contacts, createApiWorkspace } from '../test/api-workspace.ts';
import { openResolver, type TestResolver } from '../test/resolver.ts';

let resolver: TestResolver;
let acme: ApiWorkspace;
let contract: RestContract;
let apiKey: string;
const ana = 'ana@lima.example';
const nobody = '00000000-0000-8000-8000-000000000000';

beforeAll(async () => {
  resolver = await openResolver();
  acme = createApiWorkspace(resolver);
  contract = await openRestContract(resolver.url);
  apiKey = (await createApiKey(resolver.db, { workspace: 'acme', name: 'CRM' })).apiKey;
});
afterAll(() => resolver[Symbol.asyncDispose]());

/** Calls a procedure over REST, and answers its status with its body. */
async function call(procedure: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { status, body } = await contract.call(procedure, { apiKey, input });
  return { status, ...(body as object) };
}

const ok = (answer: object) => ({ status: 200, ...answer });
const failed = (status: number, code: string, field: string | null) => ({ status, code, field });

test('a CRM writes its records, a person links, and each is answered as documented', async () => {
  expect(await call('pipelines.upsert', contacts)).toMatchObject(ok({ pipeline: 'contacts' }));
  const account = { accountId: 'mail', channel: 'email', provider: 'mime', secrets: { token: 't' } };
  expect(await call('accounts.upsert', account)).toEqual(ok({ accountId: 'mail', created: true }));
  await acme.receive({ id: 'a@x', to: ['bo@x.example'] }, { id: 'b@x', from: 'bo@x.example' });
  const record = { pipeline: 'contacts', recordId: '93', fields: { email: ana } };
  expect(await call('records.upsert', record)).toEqual(ok({ recordId: '93', linked: 1 }));
  const many = { pipeline: 'contacts', records: [{ recordId: '94', fields: { email: ana } }] };
  expect(await call('records.upsertMany', many)).toMatchObject(ok({ upserted: 1 }));
  const { id: participantId } = await acme.linkOf('bo@x.example');
  const link = { participantId, recordId: '93' };
  const linked = await call('participants.link', { ...link, confidence: 0.7 });
  expect(linked).toMatchObject(ok({ linked: true }));
  expect(await call('participants.undo', { eventId: linked['eventId'] })).toMatchObject(ok({ undone: true }));
  expect(await call('participants.linkMany', { links: [link] })).toMatchObject(ok({ linked: 1 }));
  expect(await call('participants.unlinkMany', { participantIds: [participantId] })).toMatchObject(
    ok({ unlinked: 1 }),
  );
  expect(await call('participants.unlink', { participantId })).toEqual(
    ok({ unlinked: false, eventId: null }),
  );
  const contested = (await acme.linkOf(ana)).id;
  const dismissed = await call('review.dismissMany', { participantIds: [contested] });
  expect(dismissed).toMatchObject(ok({ dismissed: 1 }));
  expect(await call('participants.undoMany', { eventIds: dismissed['eventIds'] })).toMatchObject(
    ok({ undone: 1 }),
  );
  expect(await call('review.dismiss', { participantId: contested })).toMatchObject(ok({ dismissed: true }));
  expect(await call('review.resolve', { participantId: contested, recordId: '94' })).toMatchObject(
    ok({ linked: true }),
  );
  expect(await call('records.merge', { recordId: '94', intoRecordId: '93' })).toMatchObject(
    ok({ merged: true }),
  );
  expect(await call('records.sync', { recordId: '93', channels: ['email'] })).toMatchObject(
    ok({ syncId: expect.any(String) as string }),
  );
  expect(await call('accounts.sync', { accountId: 'mail', since: '2026-01-01T00:00:00.000Z' })).toMatchObject(
    ok({ syncId: expect.any(String) as string }),
  );
  expect(await call('accounts.delete', { accountId: 'mail' })).toEqual(ok({ deleted: true }));
  expect(await call('deadLetters.replay', { accountId: 'mail' })).toEqual(ok({ replayed: 0, skipped: 0 }));
  expect(await call('team.upsert', { identifiers: ['boss@acme.example'], domains: [] })).toEqual(
    ok({ internal: 0 }),
  );
});

test('each error that a caller can bring about has its status, and the body of all errors', async () => {
  const link = (participantId: string, recordId: string) =>
    call('participants.link', { participantId, recordId });
  const { id } = await acme.linkOf('bo@x.example');
  expect(await link(nobody, '93')).toMatchObject(failed(404, 'participant_not_found', 'participantId'));
  expect(await link(id, 'none')).toMatchObject(failed(404, 'record_not_found', 'recordId'));
  expect(await link(id, '94')).toMatchObject(failed(409, 'record_merged', 'recordId'));
  expect(await call('participants.undo', { eventId: 'x' })).toMatchObject(
    failed(404, 'event_not_found', 'eventId'),
  );
  const entry = await acme.newestEntry('bo@x.example', 'linked');
  expect(await call('participants.undo', { eventId: entry })).toMatchObject(
    failed(409, 'undo_conflict', 'eventId'),
  );
  expect(await call('records.upsert', { pipeline: 'none', recordId: '1', fields: {} })).toMatchObject(
    failed(404, 'pipeline_not_found', 'pipeline'),
  );
  expect(await call('accounts.sync', { accountId: 'none' })).toMatchObject(
    failed(404, 'account_not_found', 'accountId'),
  );
  expect(await call('accounts.delete', { accountId: 'none' })).toMatchObject(
    failed(404, 'account_not_found', 'accountId'),
  );
  expect(await call('deadLetters.replay', { deadLetterIds: [nobody] })).toMatchObject(
    failed(404, 'dead_letter_not_found', 'deadLetterIds.0'),
  );
  expect(await call('keys.revoke', { keyId: 'none' })).toMatchObject(failed(404, 'key_not_found', 'keyId'));
  expect(await call('participants.link', { participantId: id, recordId: '93', confidence: 2 })).toMatchObject(
    failed(400, 'bad_input', 'confidence'),
  );
  expect(await call('workspace.clear', { confirm: false })).toMatchObject(
    failed(400, 'bad_input', 'confirm'),
  );
  const body = JSON.stringify({ participantId: nobody, recordId: '93' });
  const twice = await contract.call('participants.link', { apiKey, input: { participantId: id }, body });
  expect(twice).toMatchObject({ status: 400, body: { field: 'participantId' } });
  expect(await contract.call('records.delete', { apiKey: null, input: { recordId: '93' } })).toMatchObject({
    status: 401,
    body: { code: 'unauthorized' },
  });
});

test('keys are made and revoked, and what goes is told by table', async () => {
  const { keyId, apiKey: other } = await call('keys.create', { name: 'another' });
  expect(await call('keys.revoke', { keyId })).toEqual(ok({ revoked: true }));
  const asked = contract.call('keys.create', { apiKey: String(other), input: { name: 'third' } });
  expect(await asked).toMatchObject({ status: 401 });
  const person = { confirm: true, identifier: { kind: 'email', value: 'bo@x.example' } };
  expect(await call('people.erase', person)).toMatchObject(ok({ done: true }));
  expect(await call('records.delete', { recordId: '93' })).toEqual(ok({ deleted: true }));
  expect(await call('workspace.clear', { confirm: true })).toMatchObject(ok({ done: true }));
  expect(await call('workspace.rebuild', {})).toMatchObject(ok({ nextCursor: null }));
  expect(await call('workspace.rebuild', { recordId: 'none' })).toMatchObject(
    failed(404, 'record_not_found', 'recordId'),
  );
  expect(contract.uncalled()).toEqual([]);
});

test('every event of all this is as the AsyncAPI document says, without a field that is not documented', async () => {
  const events = openEventContract();
  const rows = await resolver.db.rows<{ subject: string; payload: unknown }>(
    sql`select subject, payload from outbox where subject like 'kith.events.%' order by id`,
  );
  expect(rows.flatMap(({ subject, payload }) => events.problemsOf(subject, payload))).toEqual([]);
  expect(new Set(rows.map(({ subject }) => subject.split('.').slice(3).join('.'))).size).toBeGreaterThan(12);
});
