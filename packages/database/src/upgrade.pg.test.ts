/*
 * A database that an earlier version filled keeps everything when it is brought to this one.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openEmptyDatabase } from './testing.ts';

/** Applies only the first migrations. */
async function migrateTo(url: string, count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-earlier-'));
  await cp(join(import.meta.dirname, '../migrations'), folder, { recursive: true });
  const journalFile = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as { entries: unknown[] };
  await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await applyMigrations(drizzle(client), { migrationsFolder: folder });
  await client.end();
  await rm(folder, { recursive: true });
}

const [ana, bo, eve] = [1, 2, 3].map((digit) => `${digit}0000000-0000-8000-8000-000000000000`);
const message = '90000000-0000-8000-8000-000000000000';
const file = '70000000-0000-8000-8000-000000000000';
const conversation = '80000000-0000-8000-8000-000000000000';

/** Ana linked by a rule and contested, Bo linked by a person, Eve ambiguous with one record ruled out. */
async function fillFirstVersion(db: Database): Promise<void> {
  await db.rows(sql`insert into workspace (id) values ('acme')`);
  await db.rows(sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable)
    select 'acme', id, 'contacts', '{}', '[]' from unnest(array['93', '94', '95']) id`);
  await db.rows(sql`insert into record_identifier (workspace_id, kind, value, record_id, field)
    values ('acme', 'email', 'ana@x.example', '93', 'email'), ('acme', 'email', 'ana@x.example', '94', 'email'),
      ('acme', 'email', 'eve@x.example', '93', 'email'), ('acme', 'email', 'eve@x.example', '94', 'email'),
      ('acme', 'email', 'eve@x.example', '95', 'email')`);
  await db.rows(sql`
    insert into participant (workspace_id, id, channel, identifier, display_name, named_by_self, named_at, record_id,
      status, confidence, method, manual, resolved_at)
    values
      ('acme', ${ana}, 'email', 'ana@x.example', 'Ana', true, '2026-01-01T00:00:00Z', '93', 'linked', 0.95,
        'email_webhook', false, '2026-01-01T00:00:00Z'),
      ('acme', ${bo}, 'email', 'bo@x.example', null, false, null, '95', 'linked', 0.9, 'manual', true,
        '2026-01-02T00:00:00Z'),
      ('acme', ${eve}, 'email', 'eve@x.example', null, false, null, null, 'ambiguous', null, null, false, null)`);
  await db.rows(sql`insert into participant_identifier (workspace_id, kind, value, channel, participant_id)
    select 'acme', 'email', identifier, 'email', id from participant`);
  await db.rows(sql`insert into participant_rejection (workspace_id, participant_id, record_id, actor, at)
    values ('acme', ${eve}, '95', 'key:k1', '2026-01-03T00:00:00Z')`);
  await db.rows(sql`insert into link_event (workspace_id, participant_id, at, actor, action, record_id, method,
      confidence, evidence)
    values ('acme', ${bo}, '2026-01-02T00:00:00Z', 'key:k1', 'linked', '95', 'manual', 0.9, '[]')`);
  await db.rows(sql`insert into conversation (workspace_id, id, channel, kind, preview, message_count, last_message_at)
    values ('acme', ${conversation}, 'email', 'thread', 'Hello', 1, '2026-01-01T00:00:00Z')`);
  await db.rows(sql`insert into message (workspace_id, id, conversation_id, channel, external_id, sender_id, sent_at,
      received_at, text, raw_blob, origin)
    values ('acme', ${message}, ${conversation}, 'email', 'm1', ${ana}, '2026-01-01T00:00:00Z',
      '2026-01-01T00:05:00Z', 'Hello', 'raw', 'webhook')`);
  await db.rows(sql`insert into message_participant (workspace_id, message_id, participant_id, role, display_name)
    values ('acme', ${message}, ${ana}, 'from', 'Ana'), ('acme', ${message}, ${bo}, 'to', null)`);
  await db.rows(sql`insert into attachment (workspace_id, id, message_id, position, name, type, size, blob_key, inline)
    values ('acme', ${file}, ${message}, 0, 'a.txt', 'text/plain', 3, 'acme/aa/a', false)`);
  await db.rows(sql`insert into account_identifier (workspace_id, kind, value, account_id)
    values ('acme', 'email', 'support@acme.example', 'support-mail')`);
}

test('links, decisions, names and messages of the first version are all there in this one', async () => {
  await using database = await openEmptyDatabase();
  await migrateTo(database.url, 1);
  await fillFirstVersion(database.db);
  await migrate(database.url);
  const { db } = database;
  expect(
    await db.rows(
      sql`select identifier, status, record_id, candidates, message_count from participant order by 1`,
    ),
  ).toEqual([
    { identifier: 'ana@x.example', status: 'linked', record_id: '93', candidates: ['94'], message_count: 1 },
    { identifier: 'bo@x.example', status: 'linked', record_id: '95', candidates: [], message_count: 1 },
    {
      identifier: 'eve@x.example',
      status: 'ambiguous',
      record_id: null,
      candidates: ['93', '94'],
      message_count: 0,
    },
  ]);
  expect(
    await db.rows(
      sql`select participant_id, record_id, verdict, method, actor from participant_decision order by 1`,
    ),
  ).toEqual([
    { participant_id: bo, record_id: '95', verdict: 'is', method: 'manual', actor: 'key:k1' },
    { participant_id: eve, record_id: '95', verdict: 'is_not', method: null, actor: 'key:k1' },
  ]);
  expect(
    await db.rows(sql`
      select m.external_id, i.value, i.display_name, i.named_by_self, i.first_seen_at
      from message m join participant_identifier i on i.id = m.sender_identifier_id`),
  ).toEqual([
    {
      external_id: 'm1',
      value: 'ana@x.example',
      display_name: 'Ana',
      named_by_self: true,
      first_seen_at: '2026-01-01T00:05:00.000Z',
    },
  ]);
  expect(
    await db.rows(sql`select i.value, mp.role from message_participant mp
      join participant_identifier i on i.id = mp.identifier_id order by 1`),
  ).toEqual([
    { value: 'ana@x.example', role: 'from' },
    { value: 'bo@x.example', role: 'to' },
  ]);
  expect(await db.rows(sql`select reason, status, record_id from link_event`)).toEqual([
    { reason: 'person', status: 'linked', record_id: '95' },
  ]);
});

test('messages of an earlier version are as they came, files have their bytes, identities stay declared, days are counted', async () => {
  await using database = await openEmptyDatabase();
  await migrateTo(database.url, 1);
  await fillFirstVersion(database.db);
  await migrate(database.url);
  const { db } = database;
  expect(
    await db.rows(sql`select text, new_text, by_account, status, in_reply_to, edited_text, edited_at, deleted_at
      from message`),
  ).toEqual([
    {
      text: 'Hello',
      new_text: null,
      by_account: false,
      status: null,
      in_reply_to: null,
      edited_text: null,
      edited_at: null,
      deleted_at: null,
    },
  ]);
  expect(await db.rows(sql`select day::text, channel, count from message_day`)).toEqual([
    { day: '2026-01-01', channel: 'email', count: 1 },
  ]);
  expect(await db.rows(sql`select blob_key, media_key, size from attachment`)).toEqual([
    { blob_key: 'acme/aa/a', media_key: null, size: 3 },
  ]);
  expect(await db.rows(sql`select value, declared, learned from account_identifier`)).toEqual([
    { value: 'support@acme.example', declared: true, learned: false },
  ]);
});
