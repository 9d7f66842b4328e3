import {
  bigint,
  boolean,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** One identity on one channel. `record_id` is the only link between records and conversations (Invariant 1). */
export const participant = pgTable(
  'participant',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    channel: text('channel').notNull(),
    identifier: text('identifier').notNull(),
    displayName: text('display_name'),
    /** Where the name comes from: a name given by its bearer wins, then the newest. */
    namedBySelf: boolean('named_by_self').notNull().default(false),
    namedAt: instant('named_at'),
    recordId: text('record_id'),
    status: text('status').notNull(),
    confidence: doublePrecision('confidence'),
    method: text('method'),
    /** Whether a person made the link: no rule changes it. */
    manual: boolean('manual').notNull().default(false),
    resolvedAt: instant('resolved_at'),
    lastMessageAt: instant('last_message_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'participant_pkey', columns: [t.workspaceId, t.id] }),
    index('participant_record_idx').on(t.workspaceId, t.recordId),
  ],
);

/** Every identifier of a participant; an identifier belongs to one participant of a channel. */
export const participantIdentifier = pgTable(
  'participant_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    channel: text('channel').notNull(),
    participantId: uuid('participant_id').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'participant_identifier_pkey',
      columns: [t.workspaceId, t.kind, t.value, t.channel],
    }),
    index('participant_identifier_participant_idx').on(t.workspaceId, t.participantId),
  ],
);

/** A person's word that a participant is not a record: no rule overrides it. */
export const participantRejection = pgTable(
  'participant_rejection',
  {
    workspaceId: text('workspace_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    recordId: text('record_id').notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'participant_rejection_pkey',
      columns: [t.workspaceId, t.participantId, t.recordId],
    }),
  ],
);

/** The history of links: appended, never changed (Invariant 5). */
export const linkEvent = pgTable(
  'link_event',
  {
    workspaceId: text('workspace_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    participantId: uuid('participant_id').notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    recordId: text('record_id'),
    previousRecordId: text('previous_record_id'),
    method: text('method'),
    confidence: doublePrecision('confidence'),
    evidence: jsonb('evidence').notNull(),
  },
  (t) => [
    primaryKey({ name: 'link_event_pkey', columns: [t.workspaceId, t.id] }),
    index('link_event_participant_idx').on(t.workspaceId, t.participantId, t.id),
  ],
);
