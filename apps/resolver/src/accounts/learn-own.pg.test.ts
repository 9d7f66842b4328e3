import { randomBytes } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { createSecretBox } from '@kith/service';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ana, bo, type ChatWorkspace, createChatWorkspace, fromAna } from '../../test/chat-workspace.ts';
import { violationsOf } from '../../test/invariants.ts';
import { clear, holdRecords } from '../../test/state.ts';
import { AccountInput } from './account-input.ts';
import { upsertAccount } from './upsert-account.ts';

let database: TestDatabase;
let acme: ChatWorkspace;
beforeAll(async () => {
  database = await openTestDatabase();
  acme = createChatWorkspace(database.db);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await clear(database.db);
  await acme.rows(sql`insert into workspace (id) values ('acme')`);
});

const secrets = createSecretBox(randomBytes(32).toString('base64'));
const connect = (identifiers: string[]) => {
  const input = {
    accountId: 'sales',
    channel: 'whatsapp',
    provider: 'twilio',
    identifiers,
    secrets: { authToken: 't' },
  };
  return database.db.write('acme', (tx) =>
    upsertAccount(tx, AccountInput.parse(input), {
      secrets,
      at: '2026-03-02T09:00:00.000Z',
      actor: 'key:test',
    }),
  );
};
const own = () =>
  acme.rows(sql`select value, declared, learned from account_identifier order by value collate "C"`);
const fromUs = (id: string) => fromAna(id, { from: [bo], to: [[ana]], own: true });

test('the number that a provider calls its own is internal from then on, and its link is gone', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [bo] }]);
  await acme.tell(fromAna('1', { from: [bo] }));
  expect(await acme.participantOf(bo.value)).toMatchObject({ status: 'linked', record_id: '93' });
  await acme.tell(fromUs('2'));
  expect(await acme.participantOf(bo.value)).toMatchObject({ status: 'internal', record_id: null });
  expect(await acme.participantOf(ana.value)).toMatchObject({ status: 'unlinked' });
  expect(await own()).toEqual([{ value: bo.value, declared: false, learned: true }]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('connecting the account again takes away what was declared, and never what was learned', async () => {
  await acme.tell(fromUs('1'));
  await connect([bo.value, ana.value]);
  expect(await own()).toEqual([
    { value: bo.value, declared: true, learned: true },
    { value: ana.value, declared: true, learned: false },
  ]);
  expect(await acme.participantOf(ana.value)).toMatchObject({ status: 'internal' });
  await connect([]);
  expect(await own()).toEqual([{ value: bo.value, declared: false, learned: true }]);
  expect(await acme.participantOf(bo.value)).toMatchObject({ status: 'internal' });
  expect(await acme.participantOf(ana.value)).toMatchObject({ status: 'unlinked' });
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('what was declared and is learned stays when it is declared no more', async () => {
  await connect([bo.value]);
  await acme.tell(fromUs('1'));
  expect(await own()).toEqual([{ value: bo.value, declared: true, learned: true }]);
  await connect([ana.value]);
  expect(await own()).toEqual([
    { value: bo.value, declared: false, learned: true },
    { value: ana.value, declared: true, learned: false },
  ]);
});
