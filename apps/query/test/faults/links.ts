import { change, copy, type Fault, faultyWorkspace, is, remove, who } from './fault.ts';

export const linkFaults: readonly Fault[] = [
  {
    check: 'links.are_whole',
    plant: change('participant', 'confidence = null', is(who(1))),
    id: who(1),
    also: { 'history.says_what_is': [who(1)] },
  },
  {
    check: 'links.lead_to_a_record',
    plant: change('record', 'deleted_at = now()', `record_id = 'r2'`),
    id: who(2),
    also: { 'links.have_evidence': [who(2)], 'records.are_found_by_their_words': ['r2'] },
    behind: 'r2',
  },
  {
    check: 'links.have_evidence',
    plant: remove('record_identifier', `record_id = 'r1' and kind = 'email'`),
    id: who(1),
  },
  {
    check: 'links.have_evidence',
    plant: copy('participant_decision', `{"participant_id": "${who('old')}"}`, `verdict = 'is_not'`),
    id: who(1),
  },
  {
    check: 'links.have_evidence',
    plant: change('participant', `nature = 'list'`, is(who(1))),
    id: who(1),
    also: { 'participants.show_what_messages_say': [who(1)] },
  },
  {
    check: 'links.are_as_people_said',
    plant: remove('participant_decision', `verdict = 'is'`),
    id: who('told'),
  },
  {
    check: 'links.are_as_people_said',
    plant: change('participant_decision', `record_id = 'r2', confidence = 0.5`, `verdict = 'is'`),
    id: who('told'),
  },
  {
    check: 'links.are_not_missed',
    plant: copy(
      'record_identifier',
      '{"value": "nobody@lima.example", "record_id": "r2"}',
      `record_id = 'r2'`,
    ),
    id: who('nobody'),
    behind: 'r2',
  },
  {
    check: 'links.are_not_guessed',
    plant: change('participant', `candidates = '{both 1}'`, is(who('both'))),
    id: who('both'),
    behind: 'both 2',
  },
  {
    check: 'links.are_not_guessed',
    plant: change('participant', `candidates = '{both 1}'`, is(who(1))),
    id: who(1),
  },
  {
    check: 'links.are_not_guessed',
    plant: copy('record_identifier', '{"value": "both@lima.example", "record_id": "r2"}', `record_id = 'r2'`),
    id: who('both'),
    behind: 'r2',
  },
  {
    check: 'links.leave_out_the_company',
    plant: `insert into team_identity values ('${faultyWorkspace}', 'email', 'p2@lima.example')`,
    id: who(2),
    behind: 'r2',
  },
  {
    check: 'links.leave_out_the_company',
    plant: remove('account_identifier', 'true'),
    id: who('own'),
    behind: null,
  },
];

export const historyFaults: readonly Fault[] = [
  {
    check: 'history.says_what_is',
    plant: change('participant', `method = 'phone_webhook'`, is(who(2))),
    id: who(2),
    behind: 'r2',
  },
  {
    check: 'history.says_what_is',
    plant: remove('link_event', `participant_id = '${who(2)}'`),
    id: who(2),
    behind: 'r2',
  },
  {
    check: 'history.has_no_gap',
    plant: change('link_event', `previous_record_id = 'r2'`, `action = 'merged'`),
    id: who(1),
  },
  {
    check: 'history.follows_from_what_was',
    plant: change('link_event', 'caused_by = id', 'caused_by is not null'),
    id: '7',
  },
];
