/*
 * Invariant 6 on the writing side: what the CRM changes costs what it changes, whatever lies in the workspace. Each
 * statement is explained, on tables of a hundred thousand rows, before it runs.
 */
import { type Database, type Rows, textArray, type Tx } from '@kith/database';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, openCrm } from '../../test/crm.ts';
import { replaceTeam } from '../team/replace-team.ts';
import { deleteRecord } from './delete-records.ts';
import { readAsOf, readPipeline } from './pipeline.ts';
import { rereadStaleRecords } from './reread-records.ts';
import { upsertRecords } from './upsert-records.ts';

let database: TestDatabase;
let db: Database;
const workspace = 'large';
/** In each large table; of a fifth of it Postgres reads everything at times, and is right to. */
const rowCount = 100_000;
const stamp = { at, actor: 'key:test' };

beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
  await openCrm(db, workspace);
  const readAs = await db.write(workspace, async (tx) => readAsOf(await readPipeline(tx, 'contacts')));
  for (const statement of largeTables(readAs)) await db.rows(statement);
});
afterAll(() => database[Symbol.asyncDispose]());

/** Many records and as many participants, each with one address; every tenth is linked. */
function largeTables(readAs: string) {
  const numbers = sql`generate_series(1, ${rowCount}::int) n`;
  const id = sql`('00000000-0000-8000-8000-' || lpad(n::text, 12, '0'))::uuid`;
  const address = sql`'a' || n || '@d' || n % 5000 || '.example'`;
  return [
    sql`insert into record (workspace_id, record_id, pipeline, title, fields, unreadable, read_as)
      select ${workspace}, 'r' || n, 'contacts', 'Ana ' || n, jsonb_build_object('email', ${address}), '[]', ${readAs}
      from ${numbers}`,
    sql`insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
      select ${workspace}, 'email', ${address}, 'r' || n, 'r' || n, 'email' from ${numbers}`,
    sql`insert into record_hint (workspace_id, key, record_id, source_record_id, field, shown)
      select ${workspace}, 'email:' || ${address}, 'r' || n, 'r' || n, 'email', ${address} from ${numbers}`,
    sql`insert into participant (workspace_id, id, channel, identifier, status, record_id, method, confidence)
      select ${workspace}, ${id}, 'email', ${address}, case when n % 10 = 0 then 'linked' else 'unlinked' end,
        case when n % 10 = 0 then 'r' || n end, case when n % 10 = 0 then 'email_webhook' end,
        case when n % 10 = 0 then 0.95 end from ${numbers}`,
    sql`insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, first_seen_at)
      select ${workspace}, 'email', ${address}, 'email', ${id}, ${id}, now() from ${numbers}`,
    sql`insert into participant_decision (workspace_id, participant_id, record_id, verdict, actor, at)
      select ${workspace}, ${id}, 'r' || n, 'is_not', 'key:test', now() from ${numbers} where n % 3 = 1`,
    sql`insert into link_event (workspace_id, participant_id, at, actor, action, reason, status, record_id, evidence)
      select ${workspace}, ${id}, now(), 'rule', 'linked', 'webhook', 'linked', 'r' || n, '[]' from ${numbers}
      where n % 10 = 0`,
    sql`analyze`,
  ];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

interface Seen {
  scanned: Set<string>;
  indexes: Set<string>;
}

/** Notes which tables statements read from end to end, and which indexes they use, before they run. */
function explaining(target: Rows, seen: Seen): Rows['rows'] {
  const note = (node: PlanNode): void => {
    if (node['Node Type'] === 'Seq Scan') seen.scanned.add(node['Relation Name'] ?? '');
    if (node['Index Name'] !== undefined) seen.indexes.add(node['Index Name']);
    for (const inner of node.Plans ?? []) note(inner);
  };
  return async (query) => {
    const [explained] = await target.rows<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      sql`explain (format json, costs off) ${query}`,
    );
    for (const { Plan } of explained?.['QUERY PLAN'] ?? []) note(Plan);
    return target.rows(query);
  };
}

const large =
  /^(record|record_identifier|record_hint|participant|participant_identifier|participant_decision|link_event)$/;

async function plansOf(act: (db: Database) => Promise<unknown>) {
  const seen: Seen = { scanned: new Set(), indexes: new Set() };
  await act({
    ...db,
    rows: explaining(db, seen),
    write: (name, change) => db.write(name, (tx) => change({ workspace: name, rows: explaining(tx, seen) })),
  });
  return {
    scanned: [...seen.scanned].filter((table) => large.test(table)),
    indexes: [...seen.indexes].toSorted(),
  };
}

const plansOfWrite = (change: (tx: Tx) => Promise<unknown>) =>
  plansOf((explained) => explained.write(workspace, change));

test('upserting records reads no table from end to end', async () => {
  const records = Array.from({ length: 100 }, (_, index) => ({
    recordId: `r${index + 7}`,
    fields: { email: [`a${index + 7}@d${index + 7}.example`, `a${index + 500}@d${index + 500}.example`] },
  }));
  const { scanned, indexes } = await plansOfWrite((tx) =>
    upsertRecords(tx, { pipeline: 'contacts', records }, stamp),
  );
  expect(scanned).toEqual([]);
  expect(indexes).toEqual(
    expect.arrayContaining([
      'record_pkey',
      'record_identifier_source_idx',
      'record_hint_source_idx',
      'participant_identifier_pkey',
      'record_identifier_pkey',
    ]),
  );
});

test('deleting a record and bringing it back reads no table from end to end', async () => {
  const deleted = await plansOfWrite((tx) => deleteRecord(tx, 'r50', stamp));
  expect(deleted.scanned).toEqual([]);
  expect(deleted.indexes).toEqual(
    expect.arrayContaining([
      'record_identifier_record_idx',
      'record_merged_idx',
      'participant_identifier_pkey',
      'participant_record_idx',
      'participant_decision_record_idx',
    ]),
  );
  const gone = Array.from({ length: 300 }, (_, index) => `r${index + 100}`);
  await db.rows(sql`update record set deleted_at = now()
    where workspace_id = ${workspace} and record_id = any(${textArray(gone)})`);
  const records = ['r50', ...gone].map((recordId) => ({
    recordId,
    fields: { email: `${recordId}@back.example` },
  }));
  expect(
    (await plansOfWrite((tx) => upsertRecords(tx, { pipeline: 'contacts', records }, stamp))).scanned,
  ).toEqual([]);
});

test('a team of domains reads no table from end to end', async () => {
  const { scanned, indexes } = await plansOfWrite((tx) =>
    replaceTeam(tx, { identifiers: [], domains: ['d7.example', 'd8.example'] }, stamp),
  );
  expect(scanned).toEqual([]);
  expect(indexes).toContain('participant_identifier_domain_idx');
});

test('looking for stale records reads no further than a chunk', async () => {
  await db.rows(
    sql`update record set read_as = null where workspace_id = ${workspace} and record_id like 'r77%'`,
  );
  const reread = { actor: 'rule', now: () => new Date(at) };
  const { scanned, indexes } = await plansOf(async (explained) => {
    expect(await rereadStaleRecords(explained, reread)).toBe(1_111);
    expect(await rereadStaleRecords(explained, reread)).toBe(0);
  });
  expect(scanned).toEqual([]);
  expect(indexes).toContain('record_pipeline_idx');
});
