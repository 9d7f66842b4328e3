/*
 * A workspace in which everything holds, of any size: as the resolver would have left it, in few statements. Person n
 * has written two mails to the company and is linked to record `r<n>`; beside them stands one of everything else.
 */
import { createHash } from 'node:crypto';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

/** The id of a row, from what it is of and its number: `idOf('message', '1 a')`. */
export function idOf(of: string, name: number | string): string {
  const hash = createHash('md5').update(`${of} ${name}`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const id = (of: string, name: SQL = sql`n`) => sql`md5(${of}::text || ' ' || ${name})::uuid`;
const at = sql`'2026-03-01T10:00:00Z'::timestamptz`;
const sentAt = sql`${at} + n % 1000 * interval '1 minute' + interval '1 second' * half`;

/** Writes everything into an empty workspace. */
export async function makeHealthy(db: Rows, workspace: string, people: number): Promise<void> {
  const w = sql`${workspace}::text`;
  const statements = [
    ...recordRows(w, people),
    ...participantRows(w, people),
    ...conversationRows(w, people),
    ...historyRows(w, people),
    ...accountingRows(w, people),
    ...syncRows(w),
    ...searchRows(w),
  ];
  for (const statement of statements) await db.rows(statement);
}

const numbers = (people: number) => sql`generate_series(1, ${people}::int) n`;
const mails = (people: number) =>
  sql`${numbers(people)} cross join (values (1, 'a'), (2, 'b')) mail(half, letter)`;

function recordRows(w: SQL, people: number): SQL[] {
  const named = sql`(
    select 'r' || n as id, 'p' || n || '@lima.example' as email, ${at} + n % 1000 * interval '1 minute' + interval '2 s' as active
    from ${numbers(people)} union all values ('both 1', 'both@lima.example', null::timestamptz), ('both 2', 'both@lima.example', null)) named`;
  return [
    sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable, last_activity_at)
      select ${w}, id, 'contacts', '{}', '[]', active from ${named}`,
    sql`insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
      select ${w}, 'email', email, id, id, 'email' from ${named}`,
    sql`insert into record (workspace_id, record_id, pipeline, fields, unreadable, merged_into, deleted_at)
      values (${w}, 'merged', 'contacts', '{}', '[]', 'r1', ${at})`,
    sql`insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
      values (${w}, 'phone', '+5511987654321', 'r1', 'merged', 'phone')`,
    sql`insert into record_hint (workspace_id, key, record_id, source_record_id, field, shown)
      values (${w}, 'email:p1', 'r1', 'r1', 'email', 'p1@lima.example')`,
    sql`insert into account_identifier (workspace_id, kind, value, account_id)
      values (${w}, 'email', 'support@acme.example', 'mail')`,
  ];
}

/** Beside the persons: the company, who is claimed by two records, whom a person linked, nobody, and who was merged. */
function participantRows(w: SQL, people: number): SQL[] {
  return [
    sql`insert into participant (workspace_id, id, channel, identifier, status, record_id, method, confidence,
        manual, candidates, last_message_at, message_count, merged_into)
      select ${w}, ${id('participant')}, 'email', 'p' || n || '@lima.example', 'linked', 'r' || n, 'email_webhook', 0.95,
        false, array[]::text[], ${at} + n % 1000 * interval '1 minute' + interval '2 s', 2, null from ${numbers(people)}
      union all values
        (${w}, ${idOf('participant', 'own')}::uuid, 'email', 'support@acme.example', 'internal', null, null, null,
          false, array[]::text[], ${at} + least(${people}::int, 999) * interval '1 minute' + interval '2 s',
          2 * ${people}::int, null::uuid),
        (${w}, ${idOf('participant', 'both')}::uuid, 'email', 'both@lima.example', 'ambiguous', null, null, null,
          false, array['both 1', 'both 2'], null, 0, null),
        (${w}, ${idOf('participant', 'told')}::uuid, 'email', 'told@lima.example', 'linked', 'r1', 'manual', 0.9,
          true, array[]::text[], null, 0, null),
        (${w}, ${idOf('participant', 'nobody')}::uuid, 'email', 'nobody@lima.example', 'unlinked', null, null, null,
          false, array[]::text[], null, 0, null),
        (${w}, ${idOf('participant', 'old')}::uuid, 'email', 'old@lima.example', 'unlinked', null, null, null,
          false, array[]::text[], null, 0, ${idOf('participant', 1)}::uuid)`,
    sql`insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, first_seen_at,
        message_count)
      select ${w}, 'email', identifier, 'email', ${id('identifier', sql`identifier`)}, coalesce(merged_into, id), ${at},
        message_count from participant where workspace_id = ${w}`,
    sql`insert into participant_decision (workspace_id, participant_id, record_id, verdict, method, confidence, actor, at)
      values (${w}, ${idOf('participant', 'told')}, 'r1', 'is', 'manual', 0.9, 'key:test', ${at}),
        (${w}, ${idOf('participant', 'nobody')}, 'r1', 'is_not', null, null, 'key:test', ${at})`,
    sql`insert into participant_clue (workspace_id, kind, value, identifier_id)
      values (${w}, 'email', 'clue@lima.example', ${idOf('identifier', 'p1@lima.example')})`,
    sql`insert into participant_relation (workspace_id, identifier_id, account_id, relation, at)
      values (${w}, ${idOf('identifier', 'p1@lima.example')}, 'mail', 'contact', ${at})`,
  ];
}

/** A conversation of two messages for each person; of the first person's, the newer one was edited and read. */
function conversationRows(w: SQL, people: number): SQL[] {
  const newest = idOf('message', '1 b');
  return [
    sql`insert into conversation (workspace_id, id, channel, kind, subject, preview, message_count, last_message_at)
      select ${w}, ${id('conversation')}, 'email', 'thread', 'About a' || n, case n when 1 then 'Edited' else 'Text of b' end,
        2, ${at} + n % 1000 * interval '1 minute' + interval '2 s' from ${numbers(people)}`,
    sql`insert into conversation_key (workspace_id, channel, key, conversation_id)
      select ${w}, 'email', n || '@lima.example', ${id('conversation')} from ${numbers(people)}`,
    sql`insert into conversation_alias (workspace_id, alias_id, conversation_id)
      values (${w}, ${idOf('conversation', 'old')}, ${idOf('conversation', 1)})`,
    sql`insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      select ${w}, ${id('conversation')}, case who when 0 then ${id('participant')} else ${idOf('participant', 'own')}::uuid end,
        case who when 0 then 0 else 2 end, ${at} + n % 1000 * interval '1 minute' + interval '2 s'
      from ${numbers(people)} cross join generate_series(0, 1) who`,
    sql`insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
        received_at, subject, text, raw_blob, origin)
      select ${w}, ${id('message', sql`n || ' ' || letter`)}, ${id('conversation')}, 'email', n || letter,
        ${id('identifier', sql`'p' || n || '@lima.example'`)}, ${sentAt}, ${at}, 'About ' || letter || n,
        'Text  of ' || letter, 'raw', 'webhook' from ${mails(people)}`,
    sql`update message set edited_text = E'Edited\n', edited_at = ${at}, status = 'read'
      where workspace_id = ${w} and id = ${newest}`,
    sql`insert into message_change (workspace_id, message_id, change_id, kind, text, at)
      values (${w}, ${newest}, 'edit 1', 'edit', E'Edited\n', ${at}), (${w}, ${idOf('message', 'to come')}, '', 'deletion', null, ${at})`,
    sql`insert into message_status (workspace_id, message_id, recipient, status, at)
      values (${w}, ${newest}, '', 'sent', ${at}), (${w}, ${newest}, 'email x', 'read', ${at}),
        (${w}, ${idOf('message', 'to come')}, '', 'read', ${at})`,
    sql`insert into message_participant (workspace_id, message_id, identifier_id, role)
      select ${w}, ${id('message', sql`n || ' ' || letter`)}, case who
        when 0 then ${id('identifier', sql`'p' || n || '@lima.example'`)}
        else ${idOf('identifier', 'support@acme.example')}::uuid end, case who when 0 then 'from' else 'to' end
      from ${mails(people)} cross join generate_series(0, 1) who`,
    sql`insert into message_sighting (workspace_id, message_id, account_id, first_seen_at)
      select ${w}, ${id('message', sql`n || ' ' || letter`)}, 'mail', ${at} from ${mails(people)}`,
    sql`insert into attachment (workspace_id, id, message_id, position, name, type, size, inline)
      values (${w}, ${idOf('attachment', 1)}, ${newest}, 0, 'a.txt', 'text/plain', 1, false)`,
  ];
}

function historyRows(w: SQL, people: number): SQL[] {
  return [
    sql`insert into link_event (workspace_id, participant_id, at, actor, action, reason, status, record_id, method,
        confidence, evidence)
      select ${w}, id, ${at}, case when manual then 'key:test' else 'rule' end, status, 'webhook', status, record_id, method,
        confidence, '[]' from participant where workspace_id = ${w} and status <> 'unlinked' order by identifier`,
    sql`insert into link_event (workspace_id, participant_id, at, actor, action, reason, status, record_id,
        previous_record_id, method, confidence, evidence, caused_by)
      select ${w}, ${idOf('participant', 1)}, ${at}, 'rule', 'merged', 'participants_merged', 'linked', 'r1', 'r1',
        'email_webhook', 0.95, '[]', min(id) from link_event where workspace_id = ${w} and ${people}::int > 0`,
  ];
}

function accountingRows(w: SQL, people: number): SQL[] {
  return [
    sql`insert into delivery (workspace_id, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes)
      select ${w}, ${id('delivery')}, 'mail', 'email', 'mime', 'webhook', ${at}, n,
        '[{"outcome": "stored"}, {"outcome": "stored"}]'::jsonb from ${numbers(people)}
      union all values (${w}, ${idOf('delivery', 'bad')}::uuid, 'mail', 'email', 'mime', 'webhook', ${at}, 0,
        '[{"outcome": "ignored", "reason": "nothing_for_us"}, {"outcome": "dead_lettered", "reason": "parse_failed"}]'::jsonb),
        (${w}, ${idOf('delivery', 'media')}::uuid, 'mail', 'email', 'mime', 'media', ${at}, 0, '[{"outcome": "stored"}]'::jsonb)`,
    sql`insert into accounting_count (workspace_id, account_id, outcome, reason, count)
      values (${w}, 'mail', 'accepted', '', 2 * ${people}::int + 2), (${w}, 'mail', 'stored', '', 2 * ${people}::int),
        (${w}, 'mail', 'ignored', 'nothing_for_us', 1), (${w}, 'mail', 'dead_lettered', 'parse_failed', 1)`,
    sql`insert into dead_letter (workspace_id, id, delivery_id, item_index, account_id, channel, provider, reason, detail)
      values (${w}, ${idOf('dead letter', 1)}, ${idOf('delivery', 'bad')}, 1, 'mail', 'email', 'mime', 'parse_failed', '')`,
  ];
}

/** Words of everything that is found by some: of messages those alone that say when they are of. */
function searchRows(w: SQL): SQL[] {
  return [
    sql`insert into message_search (workspace_id, message_id, channel, sent_at, words)
      select workspace_id, id, channel, sent_at, quote_literal('@' || workspace_id || '/' || channel ||
        '/' || to_char(sent_at at time zone 'utc', 'YYYY-MM-DD'))::tsvector from message where workspace_id = ${w}`,
    sql`insert into record_search (workspace_id, record_id, words)
      select workspace_id, record_id, '' from record where workspace_id = ${w} and deleted_at is null`,
    sql`insert into participant_search (workspace_id, participant_id, words)
      select workspace_id, id, '' from participant where workspace_id = ${w} and merged_into is null`,
  ];
}

/** One sync that has ended, and one that is on its way. */
function syncRows(w: SQL): SQL[] {
  return [
    sql`insert into sync (workspace_id, id, scope, record_id, actor, requested_at, finished_at)
      values (${w}, ${idOf('sync', 'ended')}, 'record', 'r1', 'key:test', ${at}, ${at}),
        (${w}, ${idOf('sync', 'running')}, 'record', 'r1', 'key:test', ${at}, null)`,
    sql`insert into sync_part (workspace_id, id, sync_id, account_id, channel, provider, scope, until, state,
        requested_at, updated_at, finished_at)
      values (${w}, ${idOf('part', 1)}, ${idOf('sync', 'ended')}, 'mail', 'email', 'imap', 'record', ${at}, 'completed',
          ${at}, ${at}, ${at}),
        (${w}, ${idOf('part', 2)}, ${idOf('sync', 'running')}, 'mail', 'email', 'imap', 'record', ${at}, 'failed',
          ${at}, ${at}, ${at}),
        (${w}, ${idOf('part', 3)}, ${idOf('sync', 'running')}, 'chat', 'whatsapp', 'unipile', 'record', ${at}, 'waiting',
          ${at}, ${at}, null)`,
  ];
}
