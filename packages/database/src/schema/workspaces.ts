import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A tenant. Its id is the first part of every key and index that follows. */
export const workspace = pgTable('workspace', {
  id: text('id').primaryKey(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** API keys, kept as SHA-256 only: the key itself is shown once and never stored. */
export const apiKey = pgTable(
  'api_key',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id),
    id: text('id').notNull(),
    name: text('name').notNull(),
    keyHash: text('key_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ name: 'api_key_pkey', columns: [t.workspaceId, t.id] }),
    // The one look-up that cannot know its workspace: it is where the workspace comes from.
    uniqueIndex('api_key_hash_key').on(t.keyHash),
  ],
);

/** A mailbox, number or profile that a workspace connected. Secrets lie here sealed. */
export const account = pgTable(
  'account',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id),
    accountId: text('account_id').notNull(),
    channel: text('channel').notNull(),
    provider: text('provider').notNull(),
    sealedSecrets: text('sealed_secrets').notNull(),
    settings: jsonb('settings').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [primaryKey({ name: 'account_pkey', columns: [t.workspaceId, t.accountId] })],
);

/**
 * The company's own identities: a participant that has one of them is internal. Each is declared when the account is
 * connected, or learned from what its provider says of its own side, or both.
 */
export const accountIdentifier = pgTable(
  'account_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    accountId: text('account_id').notNull(),
    declared: boolean('declared').notNull().default(true),
    learned: boolean('learned').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'account_identifier_pkey', columns: [t.workspaceId, t.kind, t.value, t.accountId] }),
    index('account_identifier_account_idx').on(t.workspaceId, t.accountId),
  ],
);

/** The team's identities besides its accounts': a kind of identifier, or `domain` for everybody at it. */
export const teamIdentity = pgTable(
  'team_identity',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
  },
  (t) => [primaryKey({ name: 'team_identity_pkey', columns: [t.workspaceId, t.kind, t.value] })],
);
