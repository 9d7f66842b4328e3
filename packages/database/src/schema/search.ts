/*
 * What full-text search looks in. `words` are the words of a row as `packages/search` reads them; a table of its own
 * for each, so that what changes often (a count, a time) does not write the search index again.
 */
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, searchWords } from './columns.ts';

/** The words of a message: subject, who is named by it, and body; with lexemes of its workspace, channel and day. */
export const messageSearch = pgTable(
  'message_search',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    sentAt: instant('sent_at').notNull(),
    words: searchWords('words').notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_search_pkey', columns: [t.workspaceId, t.messageId] }),
    index('message_search_words_idx').using('gin', t.words),
  ],
);

/** The words of a record: its id, title and identifiers. */
export const recordSearch = pgTable(
  'record_search',
  {
    workspaceId: text('workspace_id').notNull(),
    recordId: text('record_id').notNull(),
    words: searchWords('words').notNull(),
  },
  (t) => [
    primaryKey({ name: 'record_search_pkey', columns: [t.workspaceId, t.recordId] }),
    index('record_search_words_idx').using('gin', t.words),
  ],
);

/** The words of a participant: its names and identifiers. */
export const participantSearch = pgTable(
  'participant_search',
  {
    workspaceId: text('workspace_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    words: searchWords('words').notNull(),
  },
  (t) => [
    primaryKey({ name: 'participant_search_pkey', columns: [t.workspaceId, t.participantId] }),
    index('participant_search_words_idx').using('gin', t.words),
  ],
);
