/*
 * Messages: each is in a conversation, names people who are there, and shows the furthest and newest of what was told
 * of it. `m` is a row of `message`.
 */
import { MessageStatus } from '@kith/contracts';
import { textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type Check, isFilled, rebuild, report, tableWalk, type Walk } from './check.ts';
import { conversationsOfRecord } from './conversations.ts';

const advancing = textArray(MessageStatus.options);

const checks: readonly Check[] = [
  {
    name: 'messages.are_in_a_conversation',
    means: 'Every message is in a conversation that is there.',
    todo: report,
    broken: sql`not exists (
      select 1 from conversation c where c.workspace_id = m.workspace_id and c.id = m.conversation_id)`,
  },
  {
    name: 'messages.name_known_people',
    means: 'Whoever a message names has an identifier that is there, and its sender is named as its author.',
    todo: report,
    broken: sql`exists (
        select 1 from message_participant mp
        where mp.workspace_id = m.workspace_id and mp.message_id = m.id and not exists (
          select 1 from participant_identifier i where i.workspace_id = mp.workspace_id and i.id = mp.identifier_id))
      or (m.sender_identifier_id is not null and not exists (
        select 1 from message_participant mp
        where mp.workspace_id = m.workspace_id and mp.message_id = m.id
          and mp.identifier_id = m.sender_identifier_id and mp.role = 'from'))`,
  },
  {
    name: 'messages.came_through_an_account',
    means: 'Of every message is known through which account it came.',
    todo: report,
    broken: sql`not exists (
      select 1 from message_sighting s where s.workspace_id = m.workspace_id and s.message_id = m.id)`,
  },
  {
    name: 'messages.are_in_the_timelines_of_their_records',
    means: 'A message is in the timeline of every record that its conversation is listed on, at its time.',
    todo: rebuild,
    broken: sql`exists (
      select 1 from record_conversation rc
      where rc.workspace_id = m.workspace_id and rc.conversation_id = m.conversation_id and not exists (
        select 1 from record_message rm
        where rm.workspace_id = rc.workspace_id and rm.record_id = rc.record_id and rm.channel = rc.channel
          and rm.sent_at = m.sent_at and rm.message_id = m.id))`,
  },
  {
    name: 'messages.show_what_was_told',
    means: 'A message shows its furthest status and its newest text, and nothing once it was taken back.',
    todo: report,
    broken: sql`exists (
      select 1 from (
        select
          (select s.status from message_status s
            where s.workspace_id = m.workspace_id and s.message_id = m.id
            order by array_position(${advancing}, s.status) desc limit 1) as status,
          (select c.at from message_change c
            where c.workspace_id = m.workspace_id and c.message_id = m.id and c.change_id = '') as deleted_at) told
      left join (
        select c.at, c.text from message_change c
        where c.workspace_id = m.workspace_id and c.message_id = m.id and c.kind = 'edit'
        order by c.at desc, c.change_id collate "C" desc limit 1) edit on true
      where (m.status, m.edited_at, m.edited_text, m.deleted_at)
        is distinct from (told.status, edit.at, edit.text, told.deleted_at))`,
  },
  {
    name: 'messages.are_found_by_their_words',
    means: 'A message has its words at its time for full-text search, and one that was taken back has none.',
    todo: rebuild,
    broken: sql`${isFilled('messages', 'm')} and (m.deleted_at is null) <> exists (
      select 1 from message_search s
      where s.workspace_id = m.workspace_id and s.message_id = m.id and (m.deleted_at is not null or (
        s.sent_at = m.sent_at and s.channel = m.channel and s.words @@ quote_literal('@' || m.workspace_id || '/'
          || m.channel || '/' || to_char(m.sent_at at time zone 'utc', 'YYYY-MM-DD'))::tsquery)))`,
  },
];

const everywhere = tableWalk(
  { name: 'message', alias: 'm', id: 'id' },
  { name: 'messages', steps: 'uuid', ofRecord: null, checks },
);

/** Behind a record they are walked by conversation: it would cost all of them to find the next ones by their ids. */
export const messages: Walk = {
  ...everywhere,
  ofRecord: {
    steps: conversationsOfRecord,
    rows: ({ workspace }, ids) =>
      sql`message m where m.workspace_id = ${workspace} and m.conversation_id = any(${ids})`,
  },
};
