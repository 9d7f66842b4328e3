import { sql } from 'drizzle-orm';
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
    /** The country of its phone numbers without one, where it is not its pipeline's. */
    defaultCountry: text('default_country'),
    /** The version of the pipeline by which its fields were read; another one, and they are read again. */
    readAs: text('read_as'),
    /** The record that it was merged into: what it is known by identifies that one. */
    mergedInto: text('merged_into'),
    lastActivityAt: instant('last_activity_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ name: 'record_pkey', columns: [t.workspaceId, t.recordId] }),
    index('record_activity_idx').on(t.workspaceId, t.lastActivityAt.desc().nullsLast(), t.recordId),
    index('record_pipeline_idx').on(t.workspaceId, t.pipeline, t.readAs),
    index('record_merged_idx')
      .on(t.workspaceId, t.mergedInto)
      .where(sql`merged_into is not null`),
  ],
);

/**
 * What identifies a record: extracted from its fields, the only thing that links by itself. `source_record_id` is
 * whose field it is: the record's own, or that of one merged into it.
 */
export const recordIdentifier = pgTable(
  'record_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    recordId: text('record_id').notNull(),
    sourceRecordId: text('source_record_id').notNull(),
    field: text('field').notNull(),
    since: instant('since').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({
      name: 'record_identifier_pkey',
      columns: [t.workspaceId, t.kind, t.value, t.sourceRecordId, t.field],
    }),
    index('record_identifier_record_idx').on(t.workspaceId, t.recordId),
    index('record_identifier_source_idx').on(t.workspaceId, t.sourceRecordId),
  ],
);

/** Keys of a record that may only suggest: loose forms of its identifiers, its name at its company's domain. */
export const recordHint = pgTable(
  'record_hint',
  {
    workspaceId: text('workspace_id').notNull(),
    key: text('key').notNull(),
    recordId: text('record_id').notNull(),
    sourceRecordId: text('source_record_id').notNull(),
    field: text('field').notNull(),
    /** What the record has in that field: `ana@lima.example`, `Ana Lima`. */
    shown: text('shown').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'record_hint_pkey',
      columns: [t.workspaceId, t.key, t.sourceRecordId, t.field, t.shown],
    }),
    index('record_hint_record_idx').on(t.workspaceId, t.recordId),
    index('record_hint_source_idx').on(t.workspaceId, t.sourceRecordId),
  ],
);
