import { address, change, copy, type Fault, is, newest, nothing, remove, thread, who } from './fault.ts';

export const conversationFaults: readonly Fault[] = [
  {
    check: 'conversations.count_their_messages',
    plant: change('conversation', 'message_count = 3', is(thread)),
    id: thread,
    also: { 'records.count_what_lies_behind_them': ['r1'] },
  },
  {
    check: 'conversations.show_their_messages',
    plant: change('conversation', `preview = 'Text of b'`, is(thread)),
    id: thread,
  },
  {
    check: 'conversations.show_their_messages',
    plant: change('conversation', `preview = ''`, is(thread)),
    id: thread,
  },
  {
    check: 'conversations.show_their_messages',
    plant: change('conversation', `subject = 'About b1'`, is(thread)),
    id: thread,
  },
  {
    check: 'conversations.are_of_whom_messages_name',
    plant: remove(
      'conversation_participant',
      `participant_id = '${who('own')}' and conversation_id = '${thread}'`,
    ),
    id: thread,
  },
  {
    check: 'conversations.are_of_whom_messages_name',
    plant: change(
      'conversation_participant',
      'role_rank = 1',
      `conversation_id = '${thread}' and role_rank = 2`,
    ),
    id: thread,
  },
  {
    check: 'conversations.are_of_whom_messages_name',
    plant: copy(
      'conversation_participant',
      `{"participant_id": "${who('told')}"}`,
      `conversation_id = '${thread}' and role_rank = 0`,
    ),
    id: thread,
    also: { 'participants.are_as_recent_as_their_conversations': [who('told')] },
  },
  {
    check: 'conversations.are_of_one_channel',
    plant: change('message', `channel = 'whatsapp'`, is(newest)),
    id: thread,
    also: { 'messages.are_found_by_their_words': [newest] },
  },
  {
    check: 'conversations.are_listed_on_their_records',
    plant: remove('record_conversation', `conversation_id = '${thread}'`),
    id: thread,
  },
  {
    check: 'conversations.are_listed_on_their_records',
    plant: change('record_conversation', `last_message_at = now()`, `conversation_id = '${thread}'`),
    id: thread,
  },
  {
    check: 'conversations.are_found_again',
    plant: remove('conversation_key', `conversation_id = '${thread}'`),
    id: thread,
  },
];

export const messageFaults: readonly Fault[] = [
  {
    check: 'messages.are_in_a_conversation',
    plant: copy(
      'message',
      `{"id": "${nothing}", "conversation_id": "${nothing}", "sender_identifier_id": null, "edited_text": null, "edited_at": null, "status": null}`,
      is(newest),
    ),
    id: nothing,
    also: { 'messages.came_through_an_account': [nothing], 'messages.are_found_by_their_words': [nothing] },
    behind: null,
  },
  {
    check: 'messages.name_known_people',
    plant: change('message', `sender_identifier_id = '${address('told')}'`, is(newest)),
    id: newest,
  },
  {
    check: 'messages.name_known_people',
    plant: copy(
      'message_participant',
      `{"identifier_id": "${nothing}"}`,
      `message_id = '${newest}' and role = 'to'`,
    ),
    id: newest,
  },
  {
    check: 'messages.came_through_an_account',
    plant: remove('message_sighting', `message_id = '${newest}'`),
    id: newest,
  },
  {
    check: 'messages.are_in_the_timelines_of_their_records',
    plant: change('record_message', `sent_at = now()`, `message_id = '${newest}'`),
    id: newest,
  },
  {
    check: 'messages.show_what_was_told',
    plant: change('message', `status = 'sent'`, is(newest)),
    id: newest,
  },
  {
    check: 'messages.show_what_was_told',
    plant: copy('message_change', '{"change_id": "", "kind": "deletion"}', `message_id = '${newest}'`),
    id: newest,
  },
];

export const dayFaults: readonly Fault[] = [
  {
    check: 'days.count_their_messages',
    plant: change('message_day', 'count = count + 1', `channel = 'email'`),
    id: '2026-03-01 email',
    behind: null,
  },
  {
    check: 'days.count_their_messages',
    plant: copy('message_day', '{"day": "2026-02-28"}', 'true'),
    id: '2026-02-28 email',
    behind: null,
  },
  {
    check: 'days.count_their_messages',
    plant: remove('message_day', 'true'),
    id: '2026-03-01 email',
    behind: null,
  },
];
