/*
 * Records: their newest activity is that of their participants, and what was merged identifies what it merged into.
 * `r` is a row of `record`.
 */
import { sql } from 'drizzle-orm';
import { type Check, isFilled, rebuild, report, tableWalk, type Walk } from './check.ts';

const identifiesAnother = (table: 'record_identifier' | 'record_hint') => sql`exists (
  select 1 from ${sql.raw(table)} held
  where held.workspace_id = r.workspace_id and held.source_record_id = r.record_id
    and held.record_id <> coalesce(r.merged_into, r.record_id))`;

const checks: readonly Check[] = [
  {
    name: 'records.are_as_recent_as_their_participants',
    means: 'A record’s last activity is the newest message of whoever is linked to it.',
    todo: report,
    broken: sql`r.last_activity_at is distinct from (
      select max(p.last_message_at) from participant p
      where p.workspace_id = r.workspace_id and p.record_id = r.record_id)`,
  },
  {
    name: 'records.count_what_lies_behind_them',
    means:
      'A record counts the conversations that are listed on it, and their messages, each in its timeline once.',
    todo: rebuild,
    broken: sql`exists (
      select 1 from (
        select rc.channel, count(*) as conversations, sum(c.message_count) as messages from record_conversation rc
        join conversation c on c.workspace_id = rc.workspace_id and c.id = rc.conversation_id
        where rc.workspace_id = r.workspace_id and rc.record_id = r.record_id group by rc.channel) listed
      full join (
        select rm.channel, count(*) as messages from record_message rm
        where rm.workspace_id = r.workspace_id and rm.record_id = r.record_id group by rm.channel) told using (channel)
      full join (
        select counted.channel, counted.conversation_count, counted.message_count from record_channel counted
        where counted.workspace_id = r.workspace_id and counted.record_id = r.record_id) counted using (channel)
      where (listed.conversations, listed.messages, told.messages)
        is distinct from (counted.conversation_count, counted.message_count, counted.message_count))`,
  },
  {
    name: 'records.merge_wholly',
    means:
      'A record that merged into another is as good as deleted, the other is there, and has what identified it.',
    todo: report,
    broken: sql`${identifiesAnother('record_identifier')} or ${identifiesAnother('record_hint')}
      or (r.merged_into is not null and (r.deleted_at is null or not exists (
        select 1 from record into_record
        where into_record.workspace_id = r.workspace_id and into_record.record_id = r.merged_into
          and into_record.merged_into is null)))`,
  },
  {
    name: 'records.are_found_by_their_words',
    means: 'A record has its words for search, and one that was deleted or merged into another has none.',
    todo: rebuild,
    broken: sql`${isFilled('records', 'r')} and (r.deleted_at is null) <> exists (
      select 1 from record_search s where s.workspace_id = r.workspace_id and s.record_id = r.record_id)`,
  },
];

export const records: Walk = tableWalk(
  { name: 'record', alias: 'r', id: 'record_id' },
  {
    name: 'records',
    steps: 'text',
    ofRecord: ({ workspace, recordId }) => sql`
      select r.record_id as id from record r where r.workspace_id = ${workspace} and r.record_id = ${recordId}
      union all
      select r.record_id from record r where r.workspace_id = ${workspace} and r.merged_into = ${recordId}`,
    checks,
  },
);
