/*
 * What each hot read may cost, on a workspace of a million messages: about one and a half times of what it costs. Who
 * needs more for a read says here why; what a lost index or a plan gone wrong costs is ten times as much and more.
 */
import { authenticateKey, type Rows } from '@kith/database';
import type { Population } from '@kith/database/population';
import { readConversationMessages } from '../src/reads/conversation-messages.ts';
import { readConversation, readConversations } from '../src/reads/conversation.ts';
import { readMessageDays } from '../src/reads/message-days.ts';
import { searchMessages } from '../src/reads/message-search.ts';
import { searchParticipants } from '../src/reads/participant-search.ts';
import { readParticipant } from '../src/reads/participant.ts';
import { readRecordConversations } from '../src/reads/record-conversations.ts';
import { readRecordParticipants } from '../src/reads/record-participants.ts';
import { searchRecords } from '../src/reads/record-search.ts';
import { readRecord, requireRecord } from '../src/reads/record.ts';
import { readWorkspaceHistory } from '../src/reads/workspace-history.ts';
import type { Budget } from './budget.ts';
import { timelineBudgets } from './budgets-of-timelines.ts';
import { type Places, populatedUntil } from './places.ts';

/** A page of a hundred of each of three channels. */
export const pageRowsMax = 303;

const conversations =
  (record: keyof Population, after?: 'farConversation') =>
  (db: Rows, at: Places): Promise<unknown> =>
    readRecordConversations(
      db,
      { workspace: at.workspace, recordId: at[record], channels: undefined },
      { after: after && at[after], limit: 25 },
    );

const participants = (filter: Parameters<typeof searchParticipants>[2]['filter']) => (db: Rows, at: Places) =>
  searchParticipants(db, at.workspace, { filter, after: undefined, limit: 25 });

/** `record` is where; the words are a population's, of which the n-th is 1/n as common as the first. */
const messageSearch =
  (typed: string, record?: keyof Population) =>
  (db: Rows, at: Places): Promise<unknown> =>
    searchMessages(db, {
      workspace: at.workspace,
      typed,
      recordId: record && at[record],
      channels: undefined,
      after: undefined,
      limit: 25,
      now: populatedUntil,
    });

const pageOfConversations =
  'Three ranges of record_conversation_recent_idx, 25 conversations by key, and of each its two or three people by key.';
export const budgets: readonly Budget[] = [
  {
    ask: 'any call: whose key',
    read: (db, { apiKey }) => authenticateKey(db, apiKey),
    statements: 1,
    buffers: 3,
    because: 'One look by the key of api_key.',
  },
  {
    ask: 'any list of a record: whether it is there',
    read: (db, { workspace, largest }) => requireRecord(db, workspace, largest),
    statements: 1,
    buffers: 6,
    because: 'One look by the key of record.',
  },
  ...(['median', 'heavy', 'crowd', 'largest'] as const).map((record) => ({
    ask: `records.conversations of the ${record}`,
    read: conversations(record),
    statements: 2,
    buffers: 600,
    because: pageOfConversations,
  })),
  {
    ask: 'records.conversations of the largest, page 1,001',
    read: conversations('largest', 'farConversation'),
    statements: 2,
    buffers: 600,
    because: pageOfConversations,
  },
  ...timelineBudgets,
  {
    ask: 'records.get of the largest',
    read: (db, { workspace, largest }) => readRecord(db, workspace, largest),
    statements: 5,
    buffers: 35,
    because: 'Its counts are kept; its few participants and identifiers are ranges.',
  },
  {
    ask: 'records.get of the crowd',
    read: (db, { workspace, crowd }) => readRecord(db, workspace, crowd),
    statements: 5,
    buffers: 350,
    rowsGathered: 5_000,
    because:
      'All its 5,000 identifiers are shown, in their order; its participants are counted in their index.',
  },
  {
    ask: 'records.participants of the crowd',
    read: (db, { workspace, crowd: recordId }) =>
      readRecordParticipants(db, { workspace, recordId }, { after: undefined, limit: 100 }),
    statements: 1,
    buffers: 100,
    because: 'A range of participant_record_idx and the rows it names.',
  },
  {
    ask: 'conversations.get',
    read: (db, { workspace, conversation }) => readConversation(db, workspace, conversation),
    statements: 2,
    buffers: 25,
    because: 'The conversation and its three people by key.',
  },
  {
    ask: 'conversations.byIds',
    read: (db, { workspace, conversations: ids }) => readConversations(db, workspace, ids),
    statements: 2,
    buffers: 1_700,
    because: 'A hundred conversations and the two or three people of each by key.',
  },
  {
    ask: 'history.list, what people decided',
    read: (db, { workspace }) =>
      readWorkspaceHistory(db, workspace, { by: 'person', after: undefined, limit: 25 }),
    statements: 2,
    buffers: 400,
    because:
      'A range of link_event_person_idx; of 25 entries each what undid it, the participant and the record.',
  },
  {
    ask: 'history.list, everything',
    read: (db, { workspace }) =>
      readWorkspaceHistory(db, workspace, { by: 'anyone', after: undefined, limit: 25 }),
    statements: 2,
    buffers: 400,
    because: 'A range of link_event_pkey; of 25 entries each what undid it, the participant and the record.',
  },
  {
    ask: 'stats.messages',
    read: (db, { workspace }) => readMessageDays(db, workspace, { days: 90, now: populatedUntil }),
    statements: 1,
    buffers: 12,
    because: 'A range of message_day_pkey: three rows a day.',
  },
  {
    ask: 'conversations.messages',
    read: (db, { workspace, conversation: conversationId }) =>
      readConversationMessages(
        db,
        { workspace, conversationId },
        { order: 'newest', shown: undefined, limit: 50 },
      ),
    statements: 2,
    buffers: 150,
    because: 'A range of message_conversation_idx and nine messages by key.',
  },
  {
    ask: 'participants.get of a colleague',
    read: (db, { workspace, colleague }) => readParticipant(db, workspace, colleague),
    statements: 1,
    buffers: 60,
    because: 'A thousand of its conversations are counted in conversation_participant_recent_idx.',
  },
  {
    ask: 'participants.search, all',
    read: participants({ query: '' }),
    statements: 1,
    buffers: 50,
    because: 'A range of participant_pkey.',
  },
  {
    ask: 'participants.search, the internal ones',
    read: participants({ query: '', status: 'internal' }),
    statements: 1,
    buffers: 20,
    because: 'A range of participant_status_idx: 40 of 25,000 are internal.',
  },
  {
    ask: 'records.search, all',
    read: (db, { workspace }) => searchRecords(db, workspace, { query: '', after: undefined, limit: 25 }),
    statements: 1,
    buffers: 170,
    because: 'A range of record_activity_idx; of 25 records each its row and its identifiers.',
  },
  {
    ask: 'messages.search, a common word',
    read: messageSearch('w1'),
    statements: 3,
    buffers: 1_200,
    rowsGathered: 501,
    because: 'The newest days in the index of words until there are 501 matches, which are ranked.',
  },
  {
    ask: 'messages.search, one word of a hundred messages',
    read: messageSearch('w100'),
    statements: 3,
    buffers: 2_800,
    rowsGathered: 501,
    because: 'The newest days and months in the index of words until there are 501 matches.',
  },
  {
    ask: 'messages.search, a rare word',
    read: messageSearch('w9999'),
    statements: 3,
    buffers: 2_400,
    rowsGathered: 501,
    because: 'Each day, month and year in the index of words.',
  },
  {
    ask: 'messages.search of the median record',
    read: messageSearch('w1', 'median'),
    statements: 4,
    buffers: 1_000,
    rowsGathered: 501,
    because: 'All its messages are walked, each with its words by key.',
  },
  {
    ask: 'messages.search of the largest record',
    read: messageSearch('w100', 'largest'),
    statements: 6,
    buffers: 20_000,
    rowsGathered: 5_001,
    because:
      'Its newest 5,000 messages are walked; of older ones each match is looked up in its timeline, as it is large.',
  },
];

/** Indexes of the same tables that none of these reads needs, and whom they serve. */
export const otherIndexes: Readonly<Record<string, string>> = {
  link_event_cause_idx: 'undoing a merge of records',
  link_event_participant_idx: 'explaining a link',
  message_html_blob_idx: 'removing blobs that nothing names any more',
  message_raw_blob_idx: 'removing blobs that nothing names any more',
  message_participant_identifier_idx: 'explaining a link, and erasing a person',
  participant_identifier_domain_idx: 'suggestions by company',
  participant_identifier_pkey: 'resolution: whose an identifier is',
  participant_merged_idx: 'the history of merged participants',
  participant_review_idx: 'review.list',
  record_identifier_pkey: 'resolution: which record has an identifier',
  record_identifier_source_idx: 'merging records, and taking a merge back',
  record_merged_idx: 'merging records',
  record_pipeline_idx: 'reading records again when their pipeline changes',
};
