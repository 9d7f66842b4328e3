import { idOf } from '../healthy.ts';
import { change, copy, type Fault, is, nothing, thread, who } from './fault.ts';

/** A reference to what is not there, made from one that is. */
function referenceFault(
  check: string,
  table: string,
  column: string,
  rest: Partial<Fault> & { where?: string } = {},
): Fault {
  const { where = 'true', ...more } = rest;
  const plant = copy(table, `{"${column}": "${nothing}"}`, where);
  return { check: `references.${check}`, plant: `${plant} limit 1`, id: nothing, behind: null, ...more };
}

export const referenceFaults: readonly Fault[] = [
  {
    ...referenceFault('from_people_to_conversations', 'conversation_participant', 'conversation_id', {
      where: `participant_id = '${who(1)}'`,
    }),
    behind: 'r1',
  },
  {
    check: 'references.from_conversations_to_people',
    plant: copy(
      'conversation_participant',
      `{"participant_id": "${who('old')}"}`,
      `conversation_id = '${thread}' and role_rank = 0`,
    ),
    id: who('old'),
    also: {
      'conversations.are_of_whom_messages_name': [thread],
      'participants.merge_wholly': [who('old')],
    },
    elsewhere: {},
    behind: null,
  },
  {
    check: 'references.from_keys_to_conversations',
    plant: copy('conversation_key', `{"key": "x", "conversation_id": "${nothing}"}`, `key like '1@%'`),
    id: nothing,
    behind: null,
  },
  {
    check: 'references.from_aliases_to_conversations',
    plant: change('conversation_alias', `conversation_id = '${nothing}'`, 'true'),
    id: nothing,
    behind: null,
  },
  referenceFault('from_people_to_messages', 'message_participant', 'message_id', {
    where: `identifier_id = '${idOf('identifier', 'support@acme.example')}'`,
    also: { 'identifiers.count_their_messages': [idOf('identifier', 'support@acme.example')] },
  }),
  referenceFault('from_sightings_to_messages', 'message_sighting', 'message_id'),
  {
    check: 'references.from_attachments_to_messages',
    plant: change('attachment', `message_id = '${nothing}'`, 'true'),
    id: nothing,
    behind: null,
  },
  referenceFault('from_clues_to_identifiers', 'participant_clue', 'identifier_id'),
  referenceFault('from_relations_to_identifiers', 'participant_relation', 'identifier_id'),
  referenceFault('from_decisions_to_participants', 'participant_decision', 'participant_id'),
  {
    check: 'references.from_history_to_participants',
    plant: change('link_event', `participant_id = '${nothing}'`, `action = 'merged'`),
    id: nothing,
    behind: null,
  },
  {
    check: 'references.from_identifiers_to_records',
    plant: copy('record_identifier', '{"record_id": "gone", "source_record_id": "gone"}', `kind = 'phone'`),
    id: 'gone',
    behind: null,
  },
  {
    check: 'references.from_hints_to_records',
    plant: copy('record_hint', '{"record_id": "gone", "source_record_id": "gone"}', 'true'),
    id: 'gone',
    behind: null,
  },
  {
    check: 'references.from_counts_to_records',
    plant: copy('record_channel', '{"record_id": "gone"}', `record_id = 'r1'`),
    id: 'gone',
    behind: null,
  },
  {
    check: 'references.from_parts_to_syncs',
    plant: copy('sync_part', `{"id": "${nothing}", "sync_id": "${nothing}"}`, is(idOf('part', 1))),
    id: nothing,
    behind: null,
  },
];
