/*
 * Participants and their identifiers: who merged has nothing left, and what lists show of somebody is what messages
 * say. `p` is a row of `participant`, `i` one of `participant_identifier`.
 */
import { ParticipantNature } from '@kith/contracts';
import { textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type BehindRecord, type Check, isFilled, rebuild, report, tableWalk, type Walk } from './check.ts';
import { linkChecks } from './links.ts';

const weakestFirst = textArray(ParticipantNature.options);

const participantChecks: readonly Check[] = [
  {
    name: 'participants.merge_wholly',
    means:
      'A participant that merged into another has no link, identifier or conversation left, and the other is there.',
    todo: report,
    broken: sql`p.merged_into is not null and (
      p.status <> 'unlinked' or p.record_id is not null
      or exists (
        select 1 from participant_identifier i where i.workspace_id = p.workspace_id and i.participant_id = p.id)
      or exists (
        select 1 from conversation_participant cp where cp.workspace_id = p.workspace_id and cp.participant_id = p.id)
      or not exists (
        select 1 from participant live
        where live.workspace_id = p.workspace_id and live.id = p.merged_into and live.merged_into is null))`,
  },
  {
    name: 'participants.have_identifiers',
    means: 'A participant is shown with one of its identifiers, and all of them are of its channel.',
    todo: report,
    broken: sql`p.merged_into is null and not coalesce((
      select bool_and(i.channel = p.channel) and bool_or(i.value = p.identifier) from participant_identifier i
      where i.workspace_id = p.workspace_id and i.participant_id = p.id), false)`,
  },
  {
    name: 'participants.show_what_messages_say',
    means: 'How often a participant is named, and what stands behind it, is what its identifiers say.',
    todo: report,
    broken: sql`p.merged_into is null and exists (
      select 1 from (
        select sum(i.message_count) as messages, max(array_position(${weakestFirst},
          case when i.wrote_as_person and i.nature <> 'role' then 'person' else i.nature end)) as nature
        from participant_identifier i
        where i.workspace_id = p.workspace_id and i.participant_id = p.id) told
      where told.messages <> p.message_count
        or told.nature <> array_position(${weakestFirst}, p.nature))`,
  },
  {
    name: 'participants.are_as_recent_as_their_conversations',
    means: 'A participant’s last message is that of its newest conversation.',
    todo: report,
    broken: sql`p.merged_into is null and p.last_message_at is distinct from (
      select max(cp.last_message_at) from conversation_participant cp
      where cp.workspace_id = p.workspace_id and cp.participant_id = p.id)`,
  },
  {
    name: 'participants.are_found_by_their_words',
    means: 'A participant has its words for search, and one that merged into another has none.',
    todo: rebuild,
    broken: sql`${isFilled('participants', 'p')} and (p.merged_into is null) <> exists (
      select 1 from participant_search s where s.workspace_id = p.workspace_id and s.participant_id = p.id)`,
  },
];

/** Behind a record: whoever is linked to it, has merged into one of them, or is known by what identifies it. */
const behindRecord = ({ workspace, recordId }: BehindRecord) => sql`
  select p.id from participant p where p.workspace_id = ${workspace} and p.record_id = ${recordId}
  union all
  select g.id from participant p
  join participant g on g.workspace_id = p.workspace_id and g.merged_into = p.id
  where p.workspace_id = ${workspace} and p.record_id = ${recordId}
  union all
  select pi.participant_id from record_identifier ri
  join participant_identifier pi
    on pi.workspace_id = ri.workspace_id and pi.kind = ri.kind and pi.value = ri.value
  where ri.workspace_id = ${workspace} and ri.record_id = ${recordId}`;

export const participants: Walk = tableWalk(
  { name: 'participant', alias: 'p', id: 'id' },
  {
    name: 'participants',
    steps: 'uuid',
    ofRecord: behindRecord,
    checks: [...linkChecks, ...participantChecks],
  },
);

export const identifiers: Walk = tableWalk(
  { name: 'participant_identifier', alias: 'i', id: 'id' },
  {
    name: 'identifiers',
    steps: 'uuid',
    ofRecord: ({ workspace, recordId }) => sql`
      select i.id from participant p
      join participant_identifier i on i.workspace_id = p.workspace_id and i.participant_id = p.id
      where p.workspace_id = ${workspace} and p.record_id = ${recordId}`,
    checks: [
      {
        name: 'identifiers.belong_to_somebody',
        means: 'Every identifier belongs to a participant that is there and has not merged into another.',
        todo: report,
        broken: sql`not exists (
          select 1 from participant p
          where p.workspace_id = i.workspace_id and p.id = i.participant_id and p.merged_into is null)`,
      },
      {
        name: 'identifiers.count_their_messages',
        means: 'An identifier is named as often as it says.',
        todo: report,
        broken: sql`i.message_count <> (
          select count(*) from message_participant mp
          where mp.workspace_id = i.workspace_id and mp.identifier_id = i.id)`,
      },
    ],
  },
);
