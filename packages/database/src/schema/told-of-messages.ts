/*
 * What is told of messages besides themselves, each in a place of its own that the newest or furthest takes: so it may
 * come in any order, more than once, and before the message (docs/decisions/changes-of-messages.md). `message_id` is
 * made from the message's external id and refers to a row that may not be there yet.
 */
import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { blobTail, instant } from './columns.ts';

/** How far a message has come on its way to one recipient (`<kind> <value>`, empty where none is named). */
export const messageStatus = pgTable(
  'message_status',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    recipient: text('recipient').notNull(),
    status: text('status').notNull(),
    at: instant('at').notNull(),
    detail: text('detail'),
  },
  (t) => [primaryKey({ name: 'message_status_pkey', columns: [t.workspaceId, t.messageId, t.recipient] })],
);

/** What somebody answered a message with, by the identifier that did; without an emoji it was taken back. */
export const messageReaction = pgTable(
  'message_reaction',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    identifierId: uuid('identifier_id').notNull(),
    emoji: text('emoji'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_reaction_pkey', columns: [t.workspaceId, t.messageId, t.identifierId] }),
    index('message_reaction_identifier_idx').on(t.workspaceId, t.identifierId),
  ],
);

/** The edits of a message, each by its own id with its text, and its deletion, under the empty id without one. */
export const messageChange = pgTable(
  'message_change',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    changeId: text('change_id').notNull(),
    kind: text('kind').notNull(),
    text: text('text'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ name: 'message_change_pkey', columns: [t.workspaceId, t.messageId, t.changeId] })],
);

/** What became of a file that a message names by its key: its bytes, or why there are none. */
export const media = pgTable(
  'media',
  {
    workspaceId: text('workspace_id').notNull(),
    channel: text('channel').notNull(),
    key: text('key').notNull(),
    blobKey: text('blob_key'),
    size: integer('size'),
    type: text('type'),
    failure: text('failure'),
    detail: text('detail'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'media_pkey', columns: [t.workspaceId, t.channel, t.key] }),
    index('media_blob_idx')
      .on(t.workspaceId, blobTail(t.blobKey))
      .where(sql`blob_key is not null`),
  ],
);
