import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * A sync: somebody, or a rule, asked for history. It has one part for each account that was asked, or could not be;
 * how far it is follows from them.
 */
export const sync = pgTable(
  'sync',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    /** `record`, `account`, or `reconcile`: an account's recent window, to see whether anything is missing. */
    scope: text('scope').notNull(),
    recordId: text('record_id'),
    accountId: text('account_id'),
    /** `key:<id>`, or `rule` where nobody asked. */
    actor: text('actor').notNull(),
    requestedAt: instant('requested_at').notNull(),
    /** When its last part ended. */
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ name: 'sync_pkey', columns: [t.workspaceId, t.id] }),
    index('sync_recent_idx').on(t.workspaceId, t.requestedAt.desc(), t.id.desc()),
    index('sync_record_idx')
      .on(t.workspaceId, t.recordId, t.requestedAt.desc())
      .where(sql`record_id is not null`),
  ],
);

/**
 * What one account was asked in a sync, and how far it is. Pages are told by the ingest services in any order and more
 * than once: `pages` is how many were taken in, each after the one before it, and an earlier one changes nothing.
 */
export const syncPart = pgTable(
  'sync_part',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    syncId: uuid('sync_id').notNull(),
    accountId: text('account_id').notNull(),
    channel: text('channel').notNull(),
    provider: text('provider').notNull(),
    scope: text('scope').notNull(),
    recordId: text('record_id'),
    /** What was asked for, as `<kind> <value>`; null where everything was. */
    identifiers: text('identifiers').array(),
    since: instant('since'),
    until: instant('until').notNull(),
    state: text('state').notNull(),
    /** Why it waits, failed or is not possible: a `SyncReason`. */
    reason: text('reason'),
    detail: text('detail'),
    retryAt: instant('retry_at'),
    pages: integer('pages').notNull().default(0),
    /** Messages that the provider gave, and how many there will be where it says. */
    fetched: integer('fetched').notNull().default(0),
    total: integer('total'),
    /** How the items of its pages ended. */
    stored: integer('stored').notNull().default(0),
    duplicate: integer('duplicate').notNull().default(0),
    ignored: integer('ignored').notNull().default(0),
    deadLettered: integer('dead_lettered').notNull().default(0),
    oldestAt: instant('oldest_at'),
    newestAt: instant('newest_at'),
    requestedAt: instant('requested_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Ids of messages that a reconciliation found missing, at most a hundred of them. */
    missing: jsonb('missing').notNull().default([]),
  },
  (t) => [
    primaryKey({ name: 'sync_part_pkey', columns: [t.workspaceId, t.id] }),
    index('sync_part_sync_idx').on(t.workspaceId, t.syncId),
    index('sync_part_record_idx')
      .on(t.workspaceId, t.recordId, t.accountId, t.requestedAt.desc())
      .where(sql`record_id is not null`),
    index('sync_part_account_idx').on(t.workspaceId, t.accountId, t.scope, t.requestedAt.desc()),
    index('sync_part_open_idx')
      .on(t.workspaceId, t.accountId)
      .where(sql`finished_at is null`),
  ],
);
