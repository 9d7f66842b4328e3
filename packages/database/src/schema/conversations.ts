import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { blobTail, instant } from './columns.ts';

/** An email thread or a chat. Subject, preview, count and times are kept with the messages, batch by batch. */
export const conversation = pgTable(
  'conversation',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    channel: text('channel').notNull(),
    kind: text('kind').notNull(),
    subject: text('subject'),
    preview: text('preview').notNull(),
    messageCount: integer('message_count').notNull(),
    lastMessageAt: instant('last_message_at').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: 'conversation_pkey', columns: [t.workspaceId, t.id] })],
);

/**
 * Which conversation an external id belongs to: for email every Message-ID of the thread, seen or only referred
 * to; for chats the provider's chat id. Threads that turn out to be one are joined here.
 */
export const conversationKey = pgTable(
  'conversation_key',
  {
    workspaceId: text('workspace_id').notNull(),
    channel: text('channel').notNull(),
    key: text('key').notNull(),
    conversationId: uuid('conversation_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'conversation_key_pkey', columns: [t.workspaceId, t.channel, t.key] }),
    index('conversation_key_conversation_idx').on(t.workspaceId, t.conversationId),
  ],
);

/** Ids of conversations that were merged into another, so that what others hold still resolves. */
export const conversationAlias = pgTable(
  'conversation_alias',
  {
    workspaceId: text('workspace_id').notNull(),
    aliasId: uuid('alias_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'conversation_alias_pkey', columns: [t.workspaceId, t.aliasId] }),
    index('conversation_alias_conversation_idx').on(t.workspaceId, t.conversationId),
  ],
);

/**
 * Who takes part in a conversation. `role_rank` is the most active role (0 is `from`); `last_message_at` repeats
 * the conversation's, so that a participant's newest conversations are one index range.
 */
export const conversationParticipant = pgTable(
  'conversation_participant',
  {
    workspaceId: text('workspace_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    roleRank: smallint('role_rank').notNull(),
    lastMessageAt: instant('last_message_at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'conversation_participant_pkey',
      columns: [t.workspaceId, t.conversationId, t.participantId],
    }),
    index('conversation_participant_recent_idx').on(
      t.workspaceId,
      t.participantId,
      t.lastMessageAt.desc(),
      t.conversationId.desc(),
    ),
  ],
);

/**
 * A message. Its id follows from its external id, so a repeated delivery meets its own row.
 *
 * `status`, `edited_*` and `deleted_at` repeat the best of what `message_status` and `message_change` hold, for reads;
 * what its copies said of it is never overwritten by them.
 */
export const message = pgTable(
  'message',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    channel: text('channel').notNull(),
    externalId: text('external_id').notNull(),
    /** The exact identifier that wrote: replies go there, whichever participant it belongs to. */
    senderIdentifierId: uuid('sender_identifier_id'),
    /** The time shown and sorted by: the claimed one, unless it lies in the future or is missing. */
    sentAt: instant('sent_at').notNull(),
    claimedSentAt: instant('claimed_sent_at'),
    receivedAt: instant('received_at').notNull(),
    subject: text('subject'),
    text: text('text').notNull(),
    /** What its author wrote now, where that is not all of `text`. */
    newText: text('new_text'),
    htmlBlob: text('html_blob'),
    rawBlob: text('raw_blob').notNull(),
    origin: text('origin').notNull(),
    marks: text('marks').array().notNull().default([]),
    /** The id of the message that it answers, whether that one is stored or not. */
    inReplyTo: uuid('in_reply_to'),
    /** Whether a copy says that the account itself wrote it: not everything it writes with has an identifier. */
    byAccount: boolean('by_account').notNull().default(false),
    status: text('status'),
    editedText: text('edited_text'),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ name: 'message_pkey', columns: [t.workspaceId, t.id] }),
    index('message_conversation_idx').on(t.workspaceId, t.conversationId, t.sentAt.desc(), t.id.desc()),
    index('message_raw_blob_idx').on(t.workspaceId, blobTail(t.rawBlob)),
    index('message_html_blob_idx')
      .on(t.workspaceId, blobTail(t.htmlBlob))
      .where(sql`html_blob is not null`),
  ],
);

/** Which identifiers a message names, and how. */
export const messageParticipant = pgTable(
  'message_participant',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    identifierId: uuid('identifier_id').notNull(),
    role: text('role').notNull(),
    displayName: text('display_name'),
  },
  (t) => [
    primaryKey({
      name: 'message_participant_pkey',
      columns: [t.workspaceId, t.messageId, t.identifierId, t.role],
    }),
    index('message_participant_identifier_idx').on(t.workspaceId, t.identifierId, t.messageId),
  ],
);

/** Through which accounts a message was seen: two mailboxes of a workspace may hold the same mail. */
export const messageSighting = pgTable(
  'message_sighting',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    accountId: text('account_id').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_sighting_pkey', columns: [t.workspaceId, t.messageId, t.accountId] }),
    index('message_sighting_account_idx').on(t.workspaceId, t.accountId, t.messageId),
  ],
);

/** A file that came with a message; its bytes are in the blob store, or are told of by the `media` of its key. */
export const attachment = pgTable(
  'attachment',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    messageId: uuid('message_id').notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    blobKey: text('blob_key'),
    mediaKey: text('media_key'),
    contentId: text('content_id'),
    inline: boolean('inline').notNull(),
  },
  (t) => [
    primaryKey({ name: 'attachment_pkey', columns: [t.workspaceId, t.id] }),
    index('attachment_message_idx').on(t.workspaceId, t.messageId, t.position),
    index('attachment_media_idx')
      .on(t.workspaceId, t.mediaKey)
      .where(sql`media_key is not null`),
    index('attachment_blob_idx')
      .on(t.workspaceId, blobTail(t.blobKey))
      .where(sql`blob_key is not null`),
  ],
);
