/*
 * What is asked. A question names its procedure and input, the read that answers it with all that the procedure asks
 * the database beside it, and the same in naive SQL. A new question is a row here.
 */
import { readConversationMessages } from '../../apps/query/dist/reads/conversation-messages.js';
import { readRecordConversations } from '../../apps/query/dist/reads/record-conversations.js';
import { readRecordParticipants } from '../../apps/query/dist/reads/record-participants.js';
import { readRecordTimeline } from '../../apps/query/dist/reads/record-timeline.js';
import { readRecord, requireRecord } from '../../apps/query/dist/reads/record.js';
import { naive } from './naive.mjs';
import { searchesOf } from './searches.mjs';

const records = ['median', 'heavy', 'crowd', 'largest'];
const farPages = [100, 1_000];

const conversations = {
  name: 'records.conversations',
  limit: 25,
  naive: naive.conversations,
  read: readRecordConversations,
  placeOf: ({ lastMessageAt, id }) => ({ at: lastMessageAt, id }),
};
const timeline = {
  name: 'records.timeline',
  limit: 50,
  naive: naive.timeline,
  read: (db, scope, { after, limit }) =>
    readRecordTimeline(db, scope, { order: 'newest', shown: after, limit }),
  placeOf: ({ sentAt, id }) => ({ at: sentAt, id }),
};

/** All questions for a populated workspace; `http` walks to the pages that lie far behind. */
export async function questionsOf(at, { http }) {
  return [
    ...records.map((record) => pageOf(conversations, at, { record, page: 1 })),
    ...(await farOf(conversations, at, http)),
    ...records.map((record) => pageOf(timeline, at, { record, page: 1 })),
    ...(await farOf(timeline, at, http)),
    ...records.map((record) => recordOf(at, record)),
    participantsOf(at),
    await messagesOf(at, http),
    ...(await searchesOf(at, http)),
  ];
}

function pageOf(list, { workspace, ...at }, { record, page, from = {} }) {
  const recordId = at[record];
  const { limit } = list;
  return {
    name: page === 1 ? list.name : `${list.name}, page ${page}`,
    of: record,
    procedure: list.name,
    input: { recordId, limit, ...(from.cursor === undefined ? {} : { cursor: from.cursor }) },
    read: (db) =>
      Promise.all([
        list.read(db, { workspace, recordId, channels: undefined }, { after: from.after, limit }),
        requireRecord(db, workspace, recordId),
      ]),
    naive: list.naive(workspace, recordId, { limit, offset: (page - 1) * limit }),
  };
}

/** Pages of the largest record, reached as a caller reaches them. */
async function farOf(list, at, http) {
  const found = [];
  let [shown, from] = [0, {}];
  for (const page of farPages) {
    const due = (page - 1) * list.limit;
    while (shown < due) {
      const limit = Math.min(100, due - shown);
      const input = { recordId: at.largest, limit, ...(from.cursor && { cursor: from.cursor }) };
      const { items, nextCursor } = await http(list.name, input);
      if (nextCursor === null) return found;
      from = { cursor: nextCursor, after: list.placeOf(items.at(-1)) };
      shown += items.length;
    }
    found.push(pageOf(list, at, { record: 'largest', page, from }));
  }
  return found;
}

function recordOf({ workspace, ...at }, record) {
  return {
    name: 'records.get',
    of: record,
    procedure: 'records.get',
    input: { recordId: at[record] },
    read: (db) => readRecord(db, workspace, at[record]),
    naive: naive.record(workspace, at[record]),
  };
}

function participantsOf({ workspace, crowd: recordId }) {
  const limit = 100;
  return {
    name: 'records.participants',
    of: 'crowd',
    procedure: 'records.participants',
    input: { recordId, limit },
    read: (db) =>
      Promise.all([
        readRecordParticipants(db, { workspace, recordId }, { after: undefined, limit }),
        requireRecord(db, workspace, recordId),
      ]),
    naive: naive.participants(workspace, recordId, { limit, offset: 0 }),
  };
}

/** The longest of the largest record's newest conversations. */
async function messagesOf({ workspace, largest }, http) {
  const { items } = await http('records.conversations', { recordId: largest, limit: 100 });
  const { id } = items.toSorted((a, b) => b.messageCount - a.messageCount)[0];
  const limit = 50;
  return {
    name: 'conversations.messages',
    of: 'largest',
    procedure: 'conversations.messages',
    input: { conversationId: id, limit },
    read: (db) =>
      readConversationMessages(
        db,
        { workspace, conversationId: id },
        { order: 'newest', shown: undefined, limit },
      ),
    naive: naive.messages(workspace, id, { limit, offset: 0 }),
  };
}
