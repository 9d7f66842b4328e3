/*
 * Whatever is written to participants, conversations and messages, in whichever order: the read model of records, and
 * the messages of each day, are what follows from them, after every statement; and they can be made again.
 */
import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database, Rows } from './database.ts';
import { rebuildMessageDays } from './message-days.ts';
import { linkedConversations, rebuildRecordReads } from './record-reads.ts';
import { textArray } from './parameters.ts';
import { openTestDatabase } from './testing.ts';

const id = (kind: number, n: number) => `${kind}0000000-0000-8000-8000-00000000000${n}`;
const small = fc.nat({ max: 3 });
const record = fc.constantFrom('r1', 'r2', null);
const day = (n: number) => `2026-01-0${n + 1}T00:00:00Z`;

/** Statements such as the resolver's, and some that it never makes. */
const statement: fc.Arbitrary<SQL> = fc.oneof(
  fc.tuple(small, record).map(
    ([n, recordId]) => sql`insert into participant (workspace_id, id, channel, identifier, status, record_id)
      values ('acme', ${id(1, n)}, 'email', 'x', 'linked', ${recordId}) on conflict do nothing`,
  ),
  fc
    .tuple(small, record)
    .map(([n, recordId]) => sql`update participant set record_id = ${recordId} where id = ${id(1, n)}`),
  record.map((recordId) => sql`update participant set record_id = ${recordId}`),
  small.map((n) => sql`delete from participant where id = ${id(1, n)}`),
  fc.tuple(small, small).map(
    ([
      n,
      at,
    ]) => sql`insert into conversation (workspace_id, id, channel, kind, preview, message_count, last_message_at)
      values ('acme', ${id(2, n)}, ${n === 0 ? 'whatsapp' : 'email'}, 'thread', '', 0, ${day(at)}) on conflict do nothing`,
  ),
  fc
    .tuple(small, small)
    .map(([n, at]) => sql`update conversation set last_message_at = ${day(at)} where id = ${id(2, n)}`),
  small.map((n) => sql`delete from conversation where id = ${id(2, n)}`),
  fc.tuple(small, small).map(
    ([c, p]) => sql`
      insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      values ('acme', ${id(2, c)}, ${id(1, p)}, 0, now())
      on conflict (workspace_id, conversation_id, participant_id) do update set role_rank = 1`,
  ),
  fc.tuple(small, small).map(
    ([from, into]) => sql`
      with gone as (delete from conversation_participant where participant_id = ${id(1, from)} returning *)
      insert into conversation_participant select workspace_id, conversation_id, ${id(1, into)}, role_rank,
        last_message_at from gone on conflict do nothing`,
  ),
  fc.tuple(small, small, small).map(
    ([n, c, at]) => sql`
      insert into message (workspace_id, id, conversation_id, channel, external_id, sent_at, received_at, text, raw_blob,
        origin)
      values ('acme', ${id(3, n)}, ${id(2, c)}, 'email', 'x', ${day(at)}, now(), '', 'x', 'webhook')
      on conflict do nothing`,
  ),
  fc
    .tuple(small, small)
    .map(([n, at]) => sql`update message set sent_at = ${day(at)} where id = ${id(3, n)}`),
  small.map(
    (n) => sql`update message set sent_at = case id when ${id(3, n)} then ${day(0)}::timestamptz
    else sent_at + interval '1 day' end`,
  ),
  small.map((n) => sql`update message set channel = 'whatsapp' where id = ${id(3, n)}`),
  fc
    .tuple(small, small)
    .map(
      ([from, into]) =>
        sql`update message set conversation_id = ${id(2, into)} where conversation_id = ${id(2, from)}`,
    ),
  small.map((n) => sql`delete from message where id = ${id(3, n)}`),
  small.map((c) => sql`delete from message where conversation_id = ${id(2, c)}`),
);

/** Four participants, two of a record and one of another, four conversations with two of them each, and their messages. */
const furnish: readonly SQL[] = [
  sql`insert into participant (workspace_id, id, channel, identifier, status, record_id)
    select 'acme', id::uuid, 'email', 'x', 'linked', record_id
    from (values (${id(1, 0)}, 'r1'), (${id(1, 1)}, 'r1'), (${id(1, 2)}, 'r2'), (${id(1, 3)}, null)) p(id, record_id)`,
  ...[0, 1, 2, 3].flatMap((n) => [
    sql`insert into conversation (workspace_id, id, channel, kind, preview, message_count, last_message_at)
      values ('acme', ${id(2, n)}, ${n === 0 ? 'whatsapp' : 'email'}, 'thread', '', 0, ${day(n)})`,
    sql`insert into conversation_participant
        (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      select 'acme', ${id(2, n)}, id::uuid, 0, now() from unnest(${textArray([id(1, n), id(1, (n + 1) % 4)])}) id`,
    sql`insert into message (workspace_id, id, conversation_id, channel, external_id, sent_at, received_at, text,
        raw_blob, origin)
      values ('acme', ${id(3, n)}, ${id(2, n)}, 'email', 'x', ${day(n)}, now(), '', 'x', 'webhook')`,
  ]),
];

interface Kept {
  conversations: object[];
  messages: object[];
  counts: object[];
  days: object[];
}

async function keptIn(db: Rows): Promise<Kept> {
  return {
    conversations: await db.rows(sql`select record_id, conversation_id, channel, last_message_at
      from record_conversation order by 1, 2`),
    messages: await db.rows(
      sql`select record_id, message_id, channel, sent_at from record_message order by 1, 2`,
    ),
    counts: await db.rows(
      sql`select record_id, channel, conversation_count, message_count from record_channel order by 1, 2`,
    ),
    days: await db.rows(sql`select day::text, channel, count from message_day order by 1, 2`),
  };
}

async function followingIn(db: Rows): Promise<Kept> {
  const linked = linkedConversations('acme', sql`true`);
  const messages = sql`select l.record_id, m.id as message_id, l.channel, m.sent_at from (${linked}) l
    join message m on m.workspace_id = l.workspace_id and m.conversation_id = l.conversation_id`;
  return {
    conversations:
      await db.rows(sql`select record_id, conversation_id, channel, last_message_at from (${linked}) l
      order by 1, 2`),
    messages: await db.rows(sql`${messages} order by 1, 2`),
    counts:
      await db.rows(sql`select l.record_id, l.channel, count(distinct conversation_id)::int as conversation_count,
        count(m.id)::int as message_count
      from (${linked}) l left join message m using (workspace_id, conversation_id) group by 1, 2 order by 1, 2`),
    days: await db.rows(sql`select (sent_at at time zone 'UTC')::date::text as day, channel, count(*)::int as count
      from message group by 1, 2 order by 1, 2`),
  };
}

/** Runs in a transaction that ends by being undone. */
async function inPassing(
  db: Database,
  act: (tx: Parameters<Parameters<Database['write']>[1]>[0]) => Promise<void>,
) {
  const undo = new Error('undo');
  await db
    .write('acme', async (tx) => {
      await act(tx);
      throw undo;
    })
    .catch((err: unknown) => {
      if (err !== undo) throw err;
    });
}

/** Each run begins with what is furnished, or with nothing. */
const follows = (db: Database, beginsEmpty: fc.Arbitrary<boolean>) =>
  fc.asyncProperty(fc.array(statement, { minLength: 5, maxLength: 20 }), beginsEmpty, (statements, isEmpty) =>
    inPassing(db, async (tx) => {
      for (const next of isEmpty ? [] : furnish) await tx.rows(next);
      for (const next of statements) {
        await tx.rows(next);
        expect(await keptIn(tx)).toEqual(await followingIn(tx));
      }
    }),
  );

test('the read model follows from participants and messages after every statement', async () => {
  await using database = await openTestDatabase();
  await fc.assert(follows(database.db, fc.boolean()), { numRuns: 30 });
});

test('without any one of its triggers it does not', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const triggers = await db.rows<{ name: string; of: string }>(sql`
    select tgname as name, tgrelid::regclass::text as of from pg_trigger
    where not tgisinternal and tgname like 'kith_%' order by 1`);
  expect(triggers.length).toBeGreaterThan(10);
  const unnoticed: string[] = [];
  for (const { name, of } of triggers) {
    await db.rows(sql.raw(`alter table ${of} disable trigger ${name}`));
    const { failed } = await fc.check(follows(db, fc.constant(false)), { numRuns: 200, endOnFailure: true });
    if (!failed) unnoticed.push(name);
    await db.rows(sql.raw(`alter table ${of} enable trigger ${name}`));
  }
  expect(unnoticed).toEqual([]);
}, 120_000);

test('it is made again from participants, whatever was in it', async () => {
  await using database = await openTestDatabase();
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { maxLength: 20 }), async (statements) => {
      await inPassing(database.db, async (tx) => {
        for (const next of [...furnish, ...statements]) await tx.rows(next);
        await tx.rows(sql`alter table record_conversation disable trigger user`);
        await tx.rows(sql`delete from record_conversation where conversation_id = ${id(2, 1)}`);
        await tx.rows(sql`delete from record_message where message_id = ${id(3, 1)}`);
        await tx.rows(sql`update record_channel set message_count = 1000`);
        await tx.rows(sql`insert into record_message (workspace_id, record_id, channel, sent_at, message_id)
          values ('acme', 'r1', 'email', now(), ${id(3, 9)})`);
        await tx.rows(sql`alter table record_conversation enable trigger user`);
        await tx.rows(sql`update message_day set count = 1000`);
        await tx.rows(sql`insert into message_day (workspace_id, day, channel, count)
          values ('acme', '2020-01-01', 'email', 1)`);
        await rebuildRecordReads(tx, ['r1', 'r2']);
        await rebuildMessageDays(tx, 'acme');
        expect(await keptIn(tx)).toEqual(await followingIn(tx));
      });
    }),
    { numRuns: 10 },
  );
});
