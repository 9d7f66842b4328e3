import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * What was erased, as keyed hashes, so that nobody reads here who it was: identifiers, and the messages, files and direct
 * chats that went with their bearers. What a later webhook or sync brings of them is not taken in.
 */
export const erasedIdentifier = pgTable(
  'erased_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    hash: text('hash').notNull(),
    channel: text('channel').notNull(),
    actor: text('actor').notNull(),
    erasedAt: instant('erased_at').notNull(),
  },
  (t) => [primaryKey({ name: 'erased_identifier_pkey', columns: [t.workspaceId, t.hash] })],
);

/**
 * Blobs that nothing needs any more: removed once they are old enough that no delivery on its way can still name them.
 */
export const blobGarbage = pgTable(
  'blob_garbage',
  {
    workspaceId: text('workspace_id').notNull(),
    key: text('key').notNull(),
    since: instant('since').notNull(),
  },
  (t) => [
    primaryKey({ name: 'blob_garbage_pkey', columns: [t.workspaceId, t.key] }),
    index('blob_garbage_since_idx').on(t.workspaceId, t.since),
  ],
);
