/*
 * What full-text search looks in. `words` are the words of a row as `packages/search` reads them; a table of its own
 * for each, so that what changes often (a count, a time) does not write the search index again. The resolver writes the
 * rows (apps/resolver/src/search), and triggers remove those of what is removed.
 *
 * Nothing but `words` is indexed besides the keys: an index of times would tempt Postgres to walk a workspace's messages
 * for a rare word, and the times are among the words.
 */
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, searchWords } from './columns.ts';

/**
 * The words of a message: subject, who is named by it, and body; with lexemes of its workspace, channel and day. One that
 * was taken back has none.
 */
export const messageSearch = pgTable(
  'message_search',
  {
    workspaceId: text('workspace_id').notNull(),
    messageId: uuid('message_id').notNull(),
    /** These repeat the message's: with them a match is found in its record's timeline, and sorted. */
    channel: text('channel').notNull(),
    sentAt: instant('sent_at').notNull(),
    words: searchWords('words').notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_search_pkey', columns: [t.workspaceId, t.messageId] }),
    index('message_search_words_idx').using('gin', t.words),
  ],
);

/** The words of a record that is there: its title and identifiers. */
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

/** The words of a participant that has not merged into another: its names and identifiers. */
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

/**
 * Where the words of a workspace are still to be written, by an earlier version's rows: `after` is the last one that has
 * them. A migration that changes what words are adds rows here, and the resolver works them off.
 */
export const searchTodo = pgTable(
  'search_todo',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    after: text('after').notNull().default(''),
  },
  (t) => [primaryKey({ name: 'search_todo_pkey', columns: [t.workspaceId, t.kind] })],
);
