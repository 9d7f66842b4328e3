import { type Database } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openCrm } from '../../test/crm.ts';
import { violationsOf } from '../../test/invariants.ts';
import { replaceTeam } from './replace-team.ts';
import { TeamInput } from './team-input.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

async function openTeam() {
  const crm = await openCrm(db);
  const stamp = { at, actor: 'key:test' };
  return {
    ...crm,
    team: (identifiers: string[], domains: string[] = []) =>
      crm.write((tx) => replaceTeam(tx, TeamInput.parse({ identifiers, domains }), stamp)),
  };
}

test('the team is internal, past and future, and nobody of it is linked', async () => {
  const crm = await openTeam();
  await crm.upsert('93', { email: ['rep@acme.example', 'Boss@acme.example'] });
  await crm.receive({ id: 'a@x', from: 'rep@acme.example', to: ['ana@lima.example'] });
  expect(await crm.linkOf('rep@acme.example')).toMatchObject({ status: 'linked', recordId: '93' });
  expect(await crm.team(['Rep@Acme.Example', 'boss@acme.example'])).toEqual({ internal: 1 });
  expect(await crm.linkOf('rep@acme.example')).toMatchObject({ status: 'internal', recordId: null });
  await crm.receive({ id: 'b@x', from: 'boss@acme.example', to: ['ana@lima.example'] });
  expect(await crm.linkOf('boss@acme.example')).toMatchObject({ status: 'internal', recordId: null });
  expect(await crm.team(['rep@acme.example', 'boss@acme.example'])).toEqual({ internal: 0 });
});

test('everybody at a domain of the team is internal, at exactly that domain', async () => {
  const crm = await openTeam();
  await crm.receive({
    id: 'a@x',
    from: 'rep@acme.example',
    to: ['b@mail.acme.example', 'c@notacme.example', 'd@acme.example'],
  });
  expect(await crm.team([], ['ACME.example'])).toEqual({ internal: 2 });
  expect(await crm.linkOf('d@acme.example')).toMatchObject({ status: 'internal' });
  expect(await crm.linkOf('b@mail.acme.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.linkOf('c@notacme.example')).toMatchObject({ status: 'unlinked' });
});

test('who is taken off the team is linked again as its identifiers say', async () => {
  const crm = await openTeam();
  await crm.upsert('93', { email: 'rep@acme.example' });
  await crm.receive({ id: 'a@x', from: 'rep@acme.example', to: ['boss@acme.example'] });
  await crm.team(['rep@acme.example'], ['acme.example']);
  expect(await crm.team([], ['acme.example'])).toEqual({ internal: 0 });
  expect(await crm.linkOf('rep@acme.example')).toMatchObject({ status: 'internal' });
  expect(await crm.team([])).toEqual({ internal: 0 });
  expect(await crm.linkOf('rep@acme.example')).toMatchObject({ status: 'linked', recordId: '93' });
  expect(await crm.linkOf('boss@acme.example')).toMatchObject({ status: 'unlinked' });
  expect(await crm.rows('link_event', 'distinct reason', `actor = 'key:test'`)).toEqual([
    { reason: 'account_changed' },
  ]);
  expect(await violationsOf(db, crm.workspace)).toEqual([]);
});
