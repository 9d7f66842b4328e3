import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Every delivery that was consumed, with the outcome of each of its items; a redelivery meets its own row. */
export const delivery = pgTable(
  'delivery',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    accountId: text('account_id').notNull(),
    channel: text('channel').notNull(),
    provider: text('provider').notNull(),
    origin: text('origin').notNull(),
    receivedAt: instant('received_at').notNull(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
    streamSeq: bigint('stream_seq', { mode: 'number' }).notNull(),
    outcomes: jsonb('outcomes').notNull(),
  },
  (t) => [
    primaryKey({ name: 'delivery_pkey', columns: [t.workspaceId, t.id] }),
    index('delivery_stream_seq_idx').on(t.workspaceId, t.streamSeq),
    index('delivery_account_idx').on(t.workspaceId, t.accountId, t.receivedAt.desc()),
  ],
);

/** The accounting: how many items were accepted, and how each ended. Added to in the batch's own transaction. */
export const accountingCount = pgTable(
  'accounting_count',
  {
    workspaceId: text('workspace_id').notNull(),
    accountId: text('account_id').notNull(),
    outcome: text('outcome').notNull(),
    reason: text('reason').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'accounting_count_pkey', columns: [t.workspaceId, t.accountId, t.outcome, t.reason] }),
  ],
);

/** What was accepted and could not be stored; the raw body is in the blob store. */
export const deadLetter = pgTable(
  'dead_letter',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    itemIndex: integer('item_index').notNull(),
    accountId: text('account_id').notNull(),
    channel: text('channel').notNull(),
    provider: text('provider').notNull(),
    reason: text('reason').notNull(),
    detail: text('detail').notNull(),
    rawBlob: text('raw_blob'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'dead_letter_pkey', columns: [t.workspaceId, t.id] }),
    index('dead_letter_recent_idx').on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    index('dead_letter_account_idx').on(t.workspaceId, t.accountId, t.createdAt.desc(), t.id.desc()),
  ],
);

/** Facts committed together with what they tell of, waiting to be published to NATS. */
export const outbox = pgTable(
  'outbox',
  {
    workspaceId: text('workspace_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    subject: text('subject').notNull(),
    payload: jsonb('payload').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Set while a relay publishes it; one that died leaves the row to the next. */
    claimedUntil: instant('claimed_until'),
  },
  (t) => [
    primaryKey({ name: 'outbox_pkey', columns: [t.workspaceId, t.id] }),
    // The relay empties each of its lanes in the order of ids, whichever the workspace.
    index('outbox_facts_idx')
      .on(t.id)
      .where(sql`subject like 'kith.events.%'`),
    index('outbox_states_idx')
      .on(t.id)
      .where(sql`subject not like 'kith.events.%'`),
  ],
);
