/*
 * Conversations: what lists show of one is what its messages say, and it is on the records of exactly those whom its
 * messages name (Invariant 1). `c` is a row of `conversation`.
 */
import { ParticipantRole } from '@kith/contracts';
import { textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type BehindRecord, rebuild, report, tableWalk, type Walk } from './check.ts';

const roles = textArray(ParticipantRole.options);

/** The ids of the conversations that are on a record. */
export const conversationsOfRecord = ({ workspace, recordId }: BehindRecord) => sql`
  select cp.conversation_id as id from participant p
  join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
  where p.workspace_id = ${workspace} and p.record_id = ${recordId}`;

/** A preview shows words with one space between them, of no more than the first thousand characters. */
const withoutSpace = (text: ReturnType<typeof sql>) => sql`regexp_replace(${text}, '\\s+', '', 'g')`;

export const conversations: Walk = tableWalk(
  { name: 'conversation', alias: 'c', id: 'id' },
  {
    name: 'conversations',
    steps: 'uuid',
    ofRecord: conversationsOfRecord,
    checks: [
      {
        name: 'conversations.count_their_messages',
        means: 'A conversation has as many messages as it says, and at least one.',
        todo: report,
        broken: sql`c.message_count < 1 or c.message_count <> (
          select count(*) from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id)`,
      },
      {
        name: 'conversations.show_their_messages',
        means:
          'Time and preview of a conversation are those of its newest message, the subject that of its oldest.',
        todo: report,
        broken: sql`not exists (
          select 1 from (
            select m.sent_at, left(case when m.deleted_at is not null then ''
              else coalesce(m.edited_text, nullif(m.new_text, ''), m.text) end, 1000) as text
            from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
            order by m.sent_at desc, m.id desc limit 1) newest
          cross join (
            select m.subject from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
            order by m.sent_at, m.id limit 1) oldest
          where newest.sent_at = c.last_message_at and oldest.subject is not distinct from c.subject
            and starts_with(${withoutSpace(sql`newest.text`)}, ${withoutSpace(sql`c.preview`)})
            and (c.preview = '') = (${withoutSpace(sql`newest.text`)} = ''))`,
      },
      {
        name: 'conversations.are_of_whom_messages_name',
        means: 'Exactly those take part in a conversation whom its messages name, in their foremost role.',
        todo: report,
        broken: sql`exists (
          select 1 from (
            select i.participant_id, min(array_position(${roles}, mp.role)) - 1 as role_rank from message m
            join message_participant mp on mp.workspace_id = m.workspace_id and mp.message_id = m.id
            join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
            where m.workspace_id = c.workspace_id and m.conversation_id = c.id
            group by i.participant_id) named
          full join (
            select cp.participant_id, cp.role_rank, cp.last_message_at from conversation_participant cp
            where cp.workspace_id = c.workspace_id and cp.conversation_id = c.id) kept using (participant_id)
          where (named.role_rank, c.last_message_at) is distinct from (kept.role_rank, kept.last_message_at))`,
      },
      {
        name: 'conversations.are_of_one_channel',
        means: 'The messages and participants of a conversation are of its channel.',
        todo: report,
        broken: sql`exists (
            select 1 from message m
            where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.channel <> c.channel)
          or exists (
            select 1 from conversation_participant cp
            join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
            where cp.workspace_id = c.workspace_id and cp.conversation_id = c.id and p.channel <> c.channel)`,
      },
      {
        name: 'conversations.are_listed_on_their_records',
        means:
          'A conversation is listed on exactly the records that those are linked to who take part in it.',
        todo: rebuild,
        broken: sql`exists (
          select 1 from (
            select distinct p.record_id, c.channel, c.last_message_at from conversation_participant cp
            join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
            where cp.workspace_id = c.workspace_id and cp.conversation_id = c.id and p.record_id is not null) linked
          full join (
            select rc.record_id, rc.channel, rc.last_message_at from record_conversation rc
            where rc.workspace_id = c.workspace_id and rc.conversation_id = c.id) listed
            using (record_id, channel, last_message_at)
          where linked is null or listed is null)`,
      },
      {
        name: 'conversations.are_found_again',
        means: 'A conversation has a key of its channel, by which the next message finds it.',
        todo: report,
        broken: sql`not exists (
          select 1 from conversation_key k
          where k.workspace_id = c.workspace_id and k.conversation_id = c.id and k.channel = c.channel)`,
      },
    ],
  },
);
