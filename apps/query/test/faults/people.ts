import { address, change, copy, type Fault, is, nothing, who } from './fault.ts';

export const participantFaults: readonly Fault[] = [
  {
    check: 'participants.merge_wholly',
    plant: change('participant_identifier', `participant_id = '${who('old')}'`, is(address('old'))),
    id: who('old'),
    elsewhere: { 'identifiers.belong_to_somebody': [address('old')] },
  },
  {
    check: 'participants.merge_wholly',
    plant: change('participant', `merged_into = '${nothing}'`, is(who('old'))),
    id: who('old'),
    behind: null,
  },
  {
    check: 'participants.have_identifiers',
    plant: change('participant', `identifier = 'other'`, is(who(1))),
    id: who(1),
  },
  {
    check: 'participants.show_what_messages_say',
    plant: change('participant', 'message_count = 3', is(who(1))),
    id: who(1),
  },
  {
    check: 'participants.are_as_recent_as_their_conversations',
    plant: change('participant', `last_message_at = now()`, is(who('nobody'))),
    id: who('nobody'),
    behind: null,
  },
  {
    check: 'identifiers.belong_to_somebody',
    plant: copy(
      'participant_identifier',
      `{"id": "${nothing}", "participant_id": "${nothing}", "value": "x"}`,
      is(address('nobody')),
    ),
    id: nothing,
    behind: null,
  },
  {
    check: 'identifiers.count_their_messages',
    plant: `with i as (${change('participant_identifier', 'message_count = 3', is(address('p1')))})
      ${change('participant', 'message_count = 3', is(who(1)))}`,
    id: address('p1'),
  },
];

export const recordFaults: readonly Fault[] = [
  {
    check: 'records.count_what_lies_behind_them',
    plant: change('record_channel', 'message_count = 3', `record_id = 'r1'`),
    id: 'r1',
  },
  {
    check: 'records.count_what_lies_behind_them',
    plant: copy('record_message', `{"message_id": "${nothing}"}`, `record_id = 'r1'`),
    id: 'r1',
  },
  {
    check: 'records.are_as_recent_as_their_participants',
    plant: change('record', 'last_activity_at = null', `record_id = 'r1'`),
    id: 'r1',
  },
  {
    check: 'records.merge_wholly',
    plant: change('record_identifier', `record_id = 'merged'`, `kind = 'phone'`),
    id: 'merged',
  },
  {
    check: 'records.merge_wholly',
    plant: change('record', `merged_into = 'gone'`, `record_id = 'merged'`),
    id: 'merged',
    behind: null,
  },
];
