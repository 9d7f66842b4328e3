/*
 * What a workspace's tables say, without what may differ between equal histories: ids and times of writing. Two
 * orders of the same deliveries must give the same state, character for character.
 */
import type { Identifier } from '@kith/contracts';
import { type Database, rowSet } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The state of a workspace as comparable rows. */
export async function stateOf(db: Database, workspace = 'acme'): Promise<object> {
  const [participants, conversations, messages, named, told, records] = await Promise.all([
    participantsOf(db, workspace),
    conversationsOf(db, workspace),
    messagesOf(db, workspace),
    namedOf(db, workspace),
    toldOf(db, workspace),
    db.rows(sql`select record_id, last_activity_at from record
      where workspace_id = ${workspace} order by record_id collate "C"`),
  ]);
  return { participants, conversations, messages, named, told, records };
}

/** The live participants, with what they are known by. */
function participantsOf(db: Database, workspace: string): Promise<object[]> {
  return db.rows(sql`
    select p.channel, p.identifier, p.display_name, p.nature, p.status, p.record_id, p.method, p.confidence,
      p.candidates, p.message_count, p.last_message_at,
      (select count(*)::int from conversation_participant cp
        where cp.workspace_id = p.workspace_id and cp.participant_id = p.id) as conversations,
      (select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'display_name', i.display_name,
          'named_by_self', i.named_by_self, 'named_at', i.named_at, 'nature', i.nature, 'wrote_as_person', i.wrote_as_person,
          'message_count', i.message_count, 'first_seen_at', i.first_seen_at, 'seen_by_webhook', i.seen_by_webhook)
          order by i.kind collate "C", i.value collate "C")
        from participant_identifier i
        where i.workspace_id = p.workspace_id and i.participant_id = p.id) as identifiers,
      array(select distinct c.kind || ' ' || c.value from participant_clue c
        join participant_identifier i on i.workspace_id = c.workspace_id and i.id = c.identifier_id
        where c.workspace_id = p.workspace_id and i.participant_id = p.id order by 1) as clues
    from participant p where workspace_id = ${workspace} and merged_into is null
    order by channel, identifier collate "C"`);
}

function conversationsOf(db: Database, workspace: string): Promise<object[]> {
  return db.rows(sql`
    select c.channel, c.subject, c.preview, c.message_count, c.last_message_at, c.kind,
      (select json_agg(m.external_id order by m.sent_at, m.id) from message m
        where m.workspace_id = c.workspace_id and m.conversation_id = c.id) as messages,
      (select json_agg(json_build_array(p.identifier, cp.role_rank, cp.last_message_at)
          order by p.identifier collate "C")
        from conversation_participant cp join participant p on p.workspace_id = cp.workspace_id
          and p.id = cp.participant_id
        where cp.workspace_id = c.workspace_id and cp.conversation_id = c.id) as people,
      (select json_agg(k.key order by k.key collate "C") from conversation_key k
        where k.workspace_id = c.workspace_id and k.conversation_id = c.id) as keys
    from conversation c where workspace_id = ${workspace}
    order by c.channel, (select min(k.key collate "C") from conversation_key k
      where k.workspace_id = c.workspace_id and k.conversation_id = c.id)`);
}

function messagesOf(db: Database, workspace: string): Promise<object[]> {
  return db.rows(sql`
    select m.channel, m.external_id, m.subject, m.text, m.sent_at, m.claimed_sent_at, m.received_at, m.raw_blob,
      m.origin, m.marks, i.value as sender, m.new_text, m.in_reply_to, m.by_account, m.status, m.edited_text,
      m.edited_at, m.deleted_at,
      (select json_agg(json_build_array(a.name, a.size, a.blob_key, a.media_key) order by a.position) from attachment a
        where a.workspace_id = m.workspace_id and a.message_id = m.id) as files,
      (select json_agg(json_build_array(s.account_id, s.first_seen_at) order by s.account_id collate "C")
        from message_sighting s where s.workspace_id = m.workspace_id and s.message_id = m.id) as sightings
    from message m
    left join participant_identifier i on i.workspace_id = m.workspace_id and i.id = m.sender_identifier_id
    where m.workspace_id = ${workspace} order by m.channel, m.external_id collate "C"`);
}

/** What is told of messages and people besides, whose ids follow from what names them. */
async function toldOf(db: Database, workspace: string): Promise<object> {
  const [statuses, reactions, changes, media, relations, own] = await Promise.all([
    db.rows(sql`select message_id, recipient, status, at, detail from message_status
      where workspace_id = ${workspace} order by message_id, recipient collate "C"`),
    db.rows(sql`select message_id, identifier_id, emoji, at from message_reaction
      where workspace_id = ${workspace} order by message_id, identifier_id`),
    db.rows(sql`select message_id, change_id, kind, text, at from message_change
      where workspace_id = ${workspace} order by message_id, change_id collate "C"`),
    db.rows(sql`select channel, key, blob_key, size, type, failure, detail, at from media
      where workspace_id = ${workspace} order by channel, key collate "C"`),
    db.rows(sql`select identifier_id, account_id, relation, at from participant_relation
      where workspace_id = ${workspace} order by identifier_id, account_id, relation`),
    db.rows(sql`select kind, value, account_id, declared, learned from account_identifier
      where workspace_id = ${workspace} order by kind, value collate "C", account_id`),
  ]);
  return { statuses, reactions, changes, media, relations, own };
}

/** Which identifiers the messages name. */
function namedOf(db: Database, workspace: string): Promise<object[]> {
  return db.rows(sql`
    select m.external_id, i.kind, i.value, mp.role, mp.display_name from message_participant mp
    join message m on m.workspace_id = mp.workspace_id and m.id = mp.message_id
    join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
    where mp.workspace_id = ${workspace}
    order by m.external_id collate "C", i.kind collate "C", i.value collate "C", mp.role`);
}

/** The accounting's sums by outcome. */
export async function countsOf(db: Database, workspace = 'acme'): Promise<Record<string, number>> {
  const rows = await db.rows<{ outcome: string; count: number }>(sql`
    select outcome, sum(count)::int as count from accounting_count
    where workspace_id = ${workspace} group by outcome order by outcome`);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Empties every table, of every workspace: deleting few rows takes a tenth of what truncating takes. */
export async function clear(db: Database): Promise<void> {
  const tables = await db.rows<{ name: string }>(sql`select format('%I', tablename) as name from pg_tables
    where schemaname = 'public'`);
  const emptied = tables.map(({ name }, index) => `t${index} as (delete from ${name})`);
  await db.rows(sql.raw(`with ${emptied.join(', ')} select 1`));
}

/** Records that hold the identifiers, as rows: what a test's deliveries meet and do not change. */
export async function holdRecords(
  db: Database,
  records: readonly { recordId: string; identifiers: readonly Identifier[] }[],
  workspace = 'acme',
): Promise<void> {
  const held = records.flatMap(({ recordId, identifiers }) =>
    identifiers.map(({ kind, value }) => ({ record_id: recordId, kind, value })),
  );
  const rows = records.map(({ recordId }) => ({ record_id: recordId }));
  await db.rows(sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable)
    select ${workspace}, record_id, 'contacts', '{}', '[]' from ${rowSet(rows, 'record_id text')}`);
  await db.rows(sql`
    insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
    select ${workspace}, kind, value, record_id, record_id, 'field'
    from ${rowSet(held, 'kind text, value text, record_id text')}`);
}
