/* A record with many messages of two channels, set-based. */

/** SQL that puts it there: `Message 1` is the newest, in runs of ten by turns of a chat and a mail thread. */
export const recordScript = ({ workspace, recordId, messages }) => `
  insert into record (workspace_id, record_id, pipeline, title, fields, unreadable)
  values ('${workspace}', '${recordId}', 'contacts', 'Mila Many', '{}', '[]');
  insert into participant (workspace_id, id, channel, identifier, display_name, record_id, status, confidence, method)
  select '${workspace}', id, channel, identifier, 'Mila', '${recordId}', 'linked', 0.95, channel || '_webhook'
  from (${people}) p;
  insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, display_name, first_seen_at)
  select '${workspace}', kind, identifier, channel, id, id, 'Mila', now() from (${people}) p;
  insert into conversation (workspace_id, id, channel, kind, subject, preview, message_count, last_message_at)
  select '${workspace}', conversation_id, channel, 'direct', 'Orders', 'Message', ${messages} / 2, now() from (${people}) p;
  insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
  select '${workspace}', conversation_id, id, 0, now() from (${people}) p;
  insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
    received_at, subject, text, raw_blob, origin)
  select '${workspace}', gen_random_uuid(), p.conversation_id, p.channel, 'many ' || n, p.id,
    now() - make_interval(mins => n * 30), now(), 'Orders',
    'Message ' || n || repeat(E'\\nand one more line of it', n % 7), 'raw', 'sync'
  from generate_series(1, ${messages}) n join (${people}) p on p.turn = n / 10 % 2`;

const uuid = (end) => `'00000000-0000-4000-8000-00000000000${end}'::uuid`;

const people = `
  select 0 as turn, ${uuid(1)} as id, ${uuid(3)} as conversation_id, 'whatsapp' as channel, 'phone' as kind,
    '+420601234567' as identifier
  union all select 1, ${uuid(2)}, ${uuid(4)}, 'email', 'email', 'mila@many.example'`;
