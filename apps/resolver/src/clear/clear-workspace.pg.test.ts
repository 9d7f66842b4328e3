/*
 * Clearing, in every scope, on workspaces that were filled by deliveries: what goes is what was told beforehand, what is
 * left holds together, nobody else loses anything, and the same deliveries bring everything back.
 */
import type { Database, Tx } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { createSecretBox } from '@kith/service';
import { testRuns } from '@kith/stack/testing';
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyHistory, arrive, people, type Told } from '../../test/any-history.ts';
import { openCrm } from '../../test/crm.ts';
import { mail } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { countsOf, holdRecords, stateOf } from '../../test/state.ts';
import { upsertAccount } from '../accounts/upsert-account.ts';
import { AccountInput } from '../accounts/account-input.ts';
import { applyBatch } from '../apply/apply-batch.ts';
import { linkByPerson, manualLink, unlinkByPerson } from '../decisions/link-by-person.ts';
import { type ClearRequest, clearWorkspace, previewClear } from './clear-workspace.ts';
import type { Scope } from './scope.ts';
import { clearedTables, followingTables, keptTables, tablesAskedFor } from './tables.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database[Symbol.asyncDispose]());

const at = '2026-03-02T09:00:00.000Z';
const stamp = { at, actor: 'key:test' };
const everything: ClearRequest = {
  scope: { kind: 'everything' },
  records: false,
  accounts: false,
  decisions: false,
};
const now = () => new Date(at);
const secrets = createSecretBox(Buffer.alloc(32).toString('base64'));
const account = AccountInput.parse({
  accountId: 'email-1',
  channel: 'email',
  provider: 'mime',
  identifiers: ['support@acme.example'],
  secrets: { token: 'a-long-token' },
});

/** Clears as the command line does: again and again until it is done. */
async function clearAll(workspace: string, request: ClearRequest, workMs = 5_000) {
  const total: Record<string, number> = {};
  for (;;) {
    const { cleared, done } = await clearWorkspace(db, { workspace, ...request }, { now, workMs });
    for (const [table, count] of Object.entries(cleared)) total[table] = (total[table] ?? 0) + count;
    if (done) return total;
  }
}

async function play(workspace: string, history: readonly Told[]): Promise<void> {
  for (const [index, told] of history.entries()) {
    await db.write(workspace, (tx) => applyBatch(tx, [arrive(told, index, workspace)], at));
  }
}

/** Somebody of the workspace, by a number; undefined where there is nobody. */
async function pick(workspace: string, number: number): Promise<string | undefined> {
  const rows = await db.rows<{ id: string }>(sql`select id from participant
    where workspace_id = ${workspace} and merged_into is null and status <> 'internal' order by id`);
  return rows.length === 0 ? undefined : rows[number % rows.length]?.id;
}

const decisions = fc.array(fc.record({ who: fc.nat(), isLink: fc.boolean() }), { maxLength: 2 });

async function decideAll(workspace: string, words: readonly { who: number; isLink: boolean }[]) {
  for (const { who, isLink } of words) {
    const participantId = await pick(workspace, who);
    if (participantId === undefined) continue;
    const request = { participantId, recordId: '95', ...manualLink };
    await db.write(workspace, (tx) =>
      isLink
        ? linkByPerson(tx, [request], { ...stamp, field: String })
        : unlinkByPerson(tx, [participantId], { ...stamp, field: String }),
    );
  }
}

async function fill(workspace: string, history: readonly Told[]): Promise<void> {
  await holdRecords(
    db,
    [
      { recordId: '93', identifiers: people.email.slice(0, 1).concat(people.whatsapp.slice(0, 1)) },
      { recordId: '95', identifiers: people.linkedin.slice(0, 1) },
    ],
    workspace,
  );
  await play(workspace, history);
}

/** With the ids that others hold: they follow from what was delivered. */
async function stateWithIds(workspace: string): Promise<object> {
  const [state, conversations, participants] = await Promise.all([
    stateOf(db, workspace),
    db.rows(sql`select id, channel, kind from conversation where workspace_id = ${workspace} order by id`),
    db.rows(sql`select id, record_id, method, confidence, manual from participant
      where workspace_id = ${workspace} order by id`),
  ]);
  return { state, conversations, participants };
}

const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'everything' as const }) },
  fc.record({
    kind: fc.constant('channel' as const),
    channel: fc.constantFrom('email', 'whatsapp', 'linkedin'),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('account' as const),
      accountId: fc.constantFrom('email-1', 'whatsapp-1', 'linkedin-2'),
    }),
  },
  fc.record({ kind: fc.constant('record' as const), recordId: fc.constantFrom('93', '95') }),
);

test('what a dry run tells is what goes, and what is left holds together', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, decisions, scopes, async (history, words, scope) => {
      const workspace = `w${(run += 1)}`;
      await fill(workspace, history);
      await decideAll(workspace, words);
      const before = await stateWithIds(workspace);
      const request = { ...everything, scope };
      const preview = await previewClear(db, { workspace, ...request });
      expect(await clearAll(workspace, request)).toEqual(preview.cleared);
      expect(await violationsOf(db, workspace)).toEqual([]);
      if (scope.kind !== 'everything') return;
      await play(workspace, history);
      expect(await stateWithIds(workspace)).toEqual(before);
    }),
    { numRuns: testRuns(12) },
  );
}, 240_000);

const hello: Told = {
  items: [mail({ id: 'hello@x' }), mail({ id: 'again@x', refs: ['hello@x'] })],
  origin: 'webhook',
  receivedAt: '2026-03-02T08:00:00.000Z',
  accountId: 'email-1',
  channel: 'email',
};

test('every table goes, goes when asked for, or stays: whoever adds one decides', async () => {
  const tables = await db.rows<{ name: string }>(sql`select tablename as name from pg_tables
    where schemaname = 'public' order by 1`);
  const decided = [
    ...clearedTables,
    ...Object.values(tablesAskedFor).flat(),
    ...Object.keys(followingTables),
    ...Object.keys(keptTables),
  ].toSorted();
  expect(tables.map(({ name }) => name)).toEqual(decided);
});

test('a clear of everything with all besides leaves nothing but what has to stay, and no other workspace is touched', async () => {
  for (const workspace of ['emptied', 'beside']) {
    await db.rows(sql`insert into workspace (id) values (${workspace})`);
    const crm = await openCrm(db, workspace);
    await crm.upsert('93', { email: 'ana@lima.example' });
    await db.write(workspace, (tx) => upsertAccount(tx, account, { ...stamp, secrets }));
    await play(workspace, [
      hello,
      { ...hello, items: [{ kind: 'unreadable', reason: 'parse_failed', detail: '' }] },
    ]);
    await crm.unlink('ana@lima.example');
    await db.rows(sql`insert into sync (workspace_id, id, scope, record_id, actor, requested_at)
      values (${workspace}, gen_random_uuid(), 'record', '93', 'rule', ${at})`);
  }
  const beside = await stateWithIds('beside');
  const request = { ...everything, records: true, accounts: true, decisions: true };
  const { cleared } = await previewClear(db, { workspace: 'emptied', ...request });
  expect(cleared).toMatchObject({
    message: 2,
    participant: 2,
    record: 1,
    account: 1,
    participant_decision: 1,
    sync: 1,
  });
  expect(await clearAll('emptied', request, 0)).toEqual(cleared);
  expect(await filledTables('emptied')).toEqual(['accounting_count', 'blob_garbage', 'delivery', 'outbox']);
  expect(await stateWithIds('beside')).toEqual(beside);
  expect(await countsOf(db, 'emptied')).toEqual(await countsOf(db, 'beside'));
  const [told] = await db.rows(sql`select payload->>'deleted' as deleted from outbox
    where workspace_id = 'emptied' and subject like 'kith.accounts.%' order by id desc limit 1`);
  expect(told).toEqual({ deleted: 'true' });
});

test('what a person decided outlives a clear, also of the record, and holds when everything comes again', async () => {
  const crm = await openCrm(db);
  const { workspace } = crm;
  await crm.upsert('93', { email: 'ana@lima.example' });
  await crm.upsert('95', { email: 'someone@else.example' });
  await play(workspace, [hello]);
  await crm.link('ana@lima.example', '95');
  const { id } = await crm.linkOf('ana@lima.example');
  await clearAll(workspace, everything);
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ id, recordId: '95', method: 'manual' });
  expect(await crm.rows('participant', 'identifier, message_count, last_message_at')).toEqual([
    { identifier: 'ana@lima.example', message_count: 0, last_message_at: null },
  ]);
  await clearAll(workspace, { ...everything, records: true });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ id, status: 'unlinked' });
  expect(await violationsOf(db, workspace)).toEqual([]);
  await play(workspace, [hello]);
  await crm.pipeline();
  await crm.upsert('93', { email: 'ana@lima.example' });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ id, recordId: '93' });
  await crm.upsert('95', { email: 'someone@else.example' });
  expect(await crm.linkOf('ana@lima.example')).toMatchObject({ id, recordId: '95', method: 'manual' });
});

test('a clear that dies between two chunks leaves every message whole, and goes on when it is called again', async () => {
  const workspace = 'dies';
  await db.write(workspace, (tx) => insertThreads(tx, 6, 1_000));
  await db.rows(sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable)
    values (${workspace}, '93', 'contacts', '{}', '[]')`);
  const before = await db.rows(sql`select 1 from message where workspace_id = ${workspace}`);
  const dies = new Error('killed');
  let chunks = 0;
  const options = {
    now,
    workMs: 60_000,
    onChunk: () => {
      if ((chunks += 1) === 2) throw dies;
    },
  };
  await expect(clearWorkspace(db, { workspace, ...everything }, options)).rejects.toBe(dies);
  expect(await violationsOf(db, workspace)).toEqual([]);
  const left = await db.rows(sql`select 1 from message where workspace_id = ${workspace}`);
  expect(left.length).toBeLessThan(before.length);
  expect(left.length).toBeGreaterThan(0);
  expect((await clearAll(workspace, everything))['message']).toBe(left.length);
  expect(await filledTables(workspace)).toEqual(['blob_garbage', 'record']);
});

/** As `insertThreads` makes them, threads of one sender. */
const sender = '00000000-0000-8000-8000-000000000001';

async function insertThreads(tx: Tx, threads: number, messages: number): Promise<void> {
  const { workspace } = tx;
  await tx.rows(sql`insert into participant (workspace_id, id, channel, identifier, status, message_count, last_message_at)
    values (${workspace}, ${sender}, 'email', 'ana@lima.example', 'unlinked', ${threads * messages}, ${at})`);
  await tx.rows(sql`insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id,
      message_count, named_at, first_seen_at)
    values (${workspace}, 'email', 'ana@lima.example', 'email', ${sender}, ${sender}, ${threads * messages}, ${at}, ${at})`);
  await tx.rows(sql`
    with threads as (
      insert into conversation (workspace_id, id, channel, kind, preview, message_count, last_message_at)
      select ${workspace}, gen_random_uuid(), 'email', 'thread', 'Hello', ${messages}, ${at}
      from generate_series(1, ${threads}::int) returning id),
    people as (
      insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      select ${workspace}, id, ${sender}::uuid, 0, ${at} from threads),
    messages as (
      insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
        received_at, text, raw_blob, origin)
      select ${workspace}, gen_random_uuid(), threads.id, 'email', gen_random_uuid()::text, ${sender}::uuid, ${at}, ${at},
        'Hello', 'none', 'webhook'
      from threads, generate_series(1, ${messages}::int) returning id)
    insert into message_participant (workspace_id, message_id, identifier_id, role)
    select ${workspace}, id, ${sender}::uuid, 'from' from messages`);
}

async function filledTables(workspace: string): Promise<string[]> {
  const tables = await db.rows<{ name: string }>(sql`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`);
  const filled = tables.map(
    ({ name }) => sql`select ${name} as name where exists (
      select 1 from ${sql.raw(name)} where workspace_id = ${workspace})`,
  );
  const rows = await db.rows<{ name: string }>(sql`${sql.join(filled, sql` union all `)}`);
  return rows.map(({ name }) => name).toSorted();
}
