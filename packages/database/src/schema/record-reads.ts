/*
 * The read model of records: which conversations and messages lie behind a record, in the order in which they are
 * listed. It follows from participants alone (Invariant 1): triggers of the database keep it in the statement that
 * changes a participant, a conversation or a message, and `rebuildRecordReads` makes it again from them.
 * Why it exists: docs/decisions/record-reads.md.
 */
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A conversation that a participant linked to the record takes part in; `last_message_at` repeats the conversation's. */
export const recordConversation = pgTable(
  'record_conversation',
  {
    workspaceId: text('workspace_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    recordId: text('record_id').notNull(),
    channel: text('channel').notNull(),
    lastMessageAt: instant('last_message_at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'record_conversation_pkey',
      columns: [t.workspaceId, t.conversationId, t.recordId],
    }),
    index('record_conversation_recent_idx').on(
      t.workspaceId,
      t.recordId,
      t.channel,
      t.lastMessageAt,
      t.conversationId,
    ),
  ],
);

/** A message of such a conversation; its key is its place in the record's timeline. */
export const recordMessage = pgTable(
  'record_message',
  {
    workspaceId: text('workspace_id').notNull(),
    recordId: text('record_id').notNull(),
    channel: text('channel').notNull(),
    sentAt: instant('sent_at').notNull(),
    messageId: uuid('message_id').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'record_message_pkey',
      columns: [t.workspaceId, t.recordId, t.channel, t.sentAt, t.messageId],
    }),
  ],
);

/** How many conversations and messages a record has on a channel. */
export const recordChannel = pgTable(
  'record_channel',
  {
    workspaceId: text('workspace_id').notNull(),
    recordId: text('record_id').notNull(),
    channel: text('channel').notNull(),
    conversationCount: integer('conversation_count').notNull(),
    messageCount: integer('message_count').notNull(),
  },
  (t) => [primaryKey({ name: 'record_channel_pkey', columns: [t.workspaceId, t.recordId, t.channel] })],
);
