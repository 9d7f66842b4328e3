import { change, copy, type Fault, is, newest, nothing, remove, thread, who } from './fault.ts';

export const wordFaults: readonly Fault[] = [
  {
    check: 'messages.are_found_by_their_words',
    plant: remove('message_search', `message_id = '${newest}'`),
    id: newest,
  },
  {
    check: 'messages.are_found_by_their_words',
    plant: change('message_search', `sent_at = sent_at + interval '1 ms'`, `message_id = '${newest}'`),
    id: newest,
  },
  {
    check: 'messages.are_found_by_their_words',
    plant: change('message_search', `words = ''`, `message_id = '${newest}'`),
    id: newest,
  },
  {
    check: 'messages.are_found_by_their_words',
    plant: change('message', 'deleted_at = now()', is(newest)),
    id: newest,
    also: {
      'messages.show_what_was_told': [newest],
      'conversations.show_their_messages': [thread],
    },
  },
  {
    check: 'records.are_found_by_their_words',
    plant: remove('record_search', `record_id = 'r1'`),
    id: 'r1',
  },
  {
    check: 'records.are_found_by_their_words',
    plant: copy('record_search', '{"record_id": "merged"}', `record_id = 'r1'`),
    id: 'merged',
  },
  {
    check: 'participants.are_found_by_their_words',
    plant: remove('participant_search', `participant_id = '${who(1)}'`),
    id: who(1),
  },
  {
    check: 'references.from_words_to_messages',
    plant: copy('message_search', `{"message_id": "${nothing}"}`, `message_id = '${newest}'`),
    id: nothing,
    behind: null,
  },
  {
    check: 'references.from_words_to_records',
    plant: copy('record_search', '{"record_id": "none"}', `record_id = 'r1'`),
    id: 'none',
    behind: null,
  },
  {
    check: 'references.from_words_to_participants',
    plant: copy('participant_search', `{"participant_id": "${nothing}"}`, `participant_id = '${who(1)}'`),
    id: nothing,
    behind: null,
  },
];
