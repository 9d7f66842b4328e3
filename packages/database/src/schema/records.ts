import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** How the fields of a kind of record are read. */
export const pipeline = pgTable(
  'pipeline',
  {
    workspaceId: text('workspace_id').notNull(),
    pipeline: text('pipeline').notNull(),
    fields: jsonb('fields').notNull(),
    defaultCountry: text('default_country'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: 'pipeline_pkey', columns: [t.workspaceId, t.pipeline] })],
);

/** A CRM contact or lead, under its CRM's own id. `last_activity_at` can be recomputed from its participants. */
export const record = pgTable(
  'record',
  {
    workspaceId: text('workspace_id').notNull(),
    recordId: text('record_id').notNull(),
    pipeline: text('pipeline').notNull(),
    title: text('title'),
    fields: jsonb('fields').notNull(),
    unreadable: jsonb('unreadable').notNull(),
    lastActivityAt: instant('last_activity_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ name: 'record_pkey', columns: [t.workspaceId, t.recordId] }),
    index('record_activity_idx').on(t.workspaceId, t.lastActivityAt.desc().nullsLast(), t.recordId),
  ],
);

/** What identifies a record: extracted from its fields, the only thing that links by itself. */
export const recordIdentifier = pgTable(
  'record_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    recordId: text('record_id').notNull(),
    field: text('field').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'record_identifier_pkey',
      columns: [t.workspaceId, t.kind, t.value, t.recordId, t.field],
    }),
    index('record_identifier_record_idx').on(t.workspaceId, t.recordId),
  ],
);
