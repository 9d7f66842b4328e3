/*
 * What refers to something refers to something that is there. What is told of a message may come before it (statuses,
 * edits, reactions), so that is no violation. `s` is an id that is referred to.
 */
import { sql } from 'drizzle-orm';
import { report, type Walk } from './check.ts';
import { conversationsOfRecord } from './conversations.ts';

/** Rows of `table` that have an id of another row in `column`, which an index begins with. */
interface Reference {
  name: string;
  table: string;
  column: string;
  to: keyof typeof targets;
  means: string;
  ofRecord?: Walk['ofRecord'];
}

const targets = {
  participants: { table: 'participant', id: 'id', also: 'and target.merged_into is null' },
  /** Also those that merged into another: what people said of them stays with them. */
  'participants ever': { table: 'participant', id: 'id', also: '' },
  identifiers: { table: 'participant_identifier', id: 'id', also: '' },
  conversations: { table: 'conversation', id: 'id', also: '' },
  messages: { table: 'message', id: 'id', also: '' },
  records: { table: 'record', id: 'record_id', also: '' },
  syncs: { table: 'sync', id: 'id', also: '' },
} as const;

const idRows: Walk['everywhere']['rows'] = ({ workspace }, ids) =>
  sql`(select ${workspace}::text as workspace_id, id from unnest(${ids}) id) s where true`;

function referenceWalk({ name, table, column, to, means, ofRecord = null }: Reference): Walk {
  const target = targets[to];
  const [from, key] = [sql.raw(table), sql.raw(column)];
  return {
    name: `${table}.${column}`,
    of: to.split(' ')[0] ?? to,
    steps: to === 'records' ? 'text' : 'uuid',
    id: sql`s.id`,
    everywhere: {
      steps: ({ workspace }) => sql`select ${key} as id from ${from} where workspace_id = ${workspace}`,
      rows: idRows,
    },
    ofRecord,
    checks: [
      {
        name,
        means,
        todo: report,
        broken: sql`exists (
            select 1 from ${from} referring
            where referring.workspace_id = s.workspace_id and referring.${key} = s.id)
          and not exists (
            select 1 from ${sql.raw(target.table)} target
            where target.workspace_id = s.workspace_id and target.${sql.raw(target.id)} = s.id
              ${sql.raw(target.also)})`,
      },
    ],
  };
}

const references: readonly Reference[] = [
  {
    name: 'references.from_people_to_conversations',
    table: 'conversation_participant',
    column: 'conversation_id',
    to: 'conversations',
    means: 'Whoever takes part in a conversation takes part in one that is there.',
    ofRecord: { steps: conversationsOfRecord, rows: idRows },
  },
  {
    name: 'references.from_conversations_to_people',
    table: 'conversation_participant',
    column: 'participant_id',
    to: 'participants',
    means: 'Whoever takes part in a conversation is there and has not merged into another.',
  },
  {
    name: 'references.from_keys_to_conversations',
    table: 'conversation_key',
    column: 'conversation_id',
    to: 'conversations',
    means: 'Every key of a conversation leads to one that is there.',
  },
  {
    name: 'references.from_aliases_to_conversations',
    table: 'conversation_alias',
    column: 'conversation_id',
    to: 'conversations',
    means: 'The id of a conversation that merged into another leads to one that is there.',
  },
  {
    name: 'references.from_people_to_messages',
    table: 'message_participant',
    column: 'message_id',
    to: 'messages',
    means: 'Whoever is named by a message is named by one that is there.',
  },
  {
    name: 'references.from_words_to_messages',
    table: 'message_search',
    column: 'message_id',
    to: 'messages',
    means: 'What full-text search finds is a message that is there.',
  },
  {
    name: 'references.from_words_to_records',
    table: 'record_search',
    column: 'record_id',
    to: 'records',
    means: 'What the search for records finds is a record that is there.',
  },
  {
    name: 'references.from_words_to_participants',
    table: 'participant_search',
    column: 'participant_id',
    to: 'participants',
    means: 'What the search for participants finds is one that is there.',
  },
  {
    name: 'references.from_sightings_to_messages',
    table: 'message_sighting',
    column: 'message_id',
    to: 'messages',
    means: 'Every message that was seen through an account is there.',
  },
  {
    name: 'references.from_attachments_to_messages',
    table: 'attachment',
    column: 'message_id',
    to: 'messages',
    means: 'Every attachment is of a message that is there.',
  },
  {
    name: 'references.from_clues_to_identifiers',
    table: 'participant_clue',
    column: 'identifier_id',
    to: 'identifiers',
    means: 'Every clue came with an identifier that is there.',
  },
  {
    name: 'references.from_relations_to_identifiers',
    table: 'participant_relation',
    column: 'identifier_id',
    to: 'identifiers',
    means: 'Every connection and contact is of an identifier that is there.',
  },
  {
    name: 'references.from_decisions_to_participants',
    table: 'participant_decision',
    column: 'participant_id',
    to: 'participants ever',
    means: 'What a person said of a participant is of one that is there.',
  },
  {
    name: 'references.from_history_to_participants',
    table: 'link_event',
    column: 'participant_id',
    to: 'participants ever',
    means: 'Every history is of a participant that is there.',
  },
  {
    name: 'references.from_identifiers_to_records',
    table: 'record_identifier',
    column: 'record_id',
    to: 'records',
    means: 'What identifies a record identifies one that is there.',
  },
  {
    name: 'references.from_hints_to_records',
    table: 'record_hint',
    column: 'record_id',
    to: 'records',
    means: 'What suggests a record suggests one that is there.',
  },
  {
    name: 'references.from_counts_to_records',
    table: 'record_channel',
    column: 'record_id',
    to: 'records',
    means: 'What is counted is behind a record that is there.',
  },
  {
    name: 'references.from_parts_to_syncs',
    table: 'sync_part',
    column: 'sync_id',
    to: 'syncs',
    means: 'Every part of a sync is of one that is there.',
  },
];

export const referenceWalks: readonly Walk[] = references.map(referenceWalk);
