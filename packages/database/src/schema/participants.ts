import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * One person (or role, list, machine) on one channel, known by one or several identifiers. `record_id` is the only
 * link between records and conversations (Invariant 1).
 *
 * What messages say is kept with the identifiers; `identifier`, `display_name`, `nature` and `message_count` here
 * repeat the best of them for lists. The link columns repeat what the rule makes of decisions and evidence.
 */
export const participant = pgTable(
  'participant',
  {
    workspaceId: text('workspace_id').notNull(),
    id: uuid('id').notNull(),
    channel: text('channel').notNull(),
    identifier: text('identifier').notNull(),
    displayName: text('display_name'),
    nature: text('nature').notNull().default('person'),
    recordId: text('record_id'),
    status: text('status').notNull(),
    confidence: doublePrecision('confidence'),
    method: text('method'),
    /** Whether a person made the link: no rule changes it. */
    manual: boolean('manual').notNull().default(false),
    /** Records between which nothing decides: of an ambiguous participant all, of a contested one the others. */
    candidates: text('candidates').array().notNull().default([]),
    /** Taken off the review list until its candidates or its link change. */
    dismissed: boolean('dismissed').notNull().default(false),
    resolvedAt: instant('resolved_at'),
    lastMessageAt: instant('last_message_at'),
    /** How many times messages name it. */
    messageCount: integer('message_count').notNull().default(0),
    /** The participant that this one turned out to be: its id still resolves, its identifiers are there. */
    mergedInto: uuid('merged_into'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'participant_pkey', columns: [t.workspaceId, t.id] }),
    // In the order in which a record's participants are listed.
    index('participant_record_idx').on(t.workspaceId, t.recordId, t.channel, t.identifier, t.id),
    index('participant_status_idx').on(t.workspaceId, t.status, t.id),
    index('participant_review_idx')
      .on(t.workspaceId, t.id)
      .where(sql`cardinality(candidates) > 0 and not dismissed`),
    index('participant_merged_idx')
      .on(t.workspaceId, t.mergedInto)
      .where(sql`merged_into is not null`),
  ],
);

/**
 * Every identifier that messages have named, with what they said of it. It belongs to one participant of its
 * channel; which one may change when participants merge or split, its own `id` never does.
 */
export const participantIdentifier = pgTable(
  'participant_identifier',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    channel: text('channel').notNull(),
    id: uuid('id').notNull(),
    participantId: uuid('participant_id').notNull(),
    displayName: text('display_name'),
    /** Where the name comes from: a name given by its bearer wins, then the newest. */
    namedBySelf: boolean('named_by_self').notNull().default(false),
    namedAt: instant('named_at'),
    /** The strongest that its address or any message said. */
    nature: text('nature').notNull().default('person'),
    messageCount: integer('message_count').notNull().default(0),
    firstSeenAt: instant('first_seen_at').notNull(),
    /** Whether a webhook has named it, or only fetched history so far. */
    seenByWebhook: boolean('seen_by_webhook').notNull().default(true),
    /** Whether it wrote a message as an ordinary person: what headers claim of it then (a list, a machine) is void. */
    wroteAsPerson: boolean('wrote_as_person').notNull().default(false),
  },
  (t) => [
    primaryKey({
      name: 'participant_identifier_pkey',
      columns: [t.workspaceId, t.kind, t.value, t.channel],
    }),
    uniqueIndex('participant_identifier_id_key').on(t.workspaceId, t.id),
    index('participant_identifier_participant_idx').on(t.workspaceId, t.participantId),
    index('participant_identifier_domain_idx')
      .on(t.workspaceId, sql`split_part(value, '@', 2)`)
      .where(sql`kind = 'email'`),
  ],
);

/** What a channel told of the bearer of an identifier besides it: a LinkedIn profile's email address. */
export const participantClue = pgTable(
  'participant_clue',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    identifierId: uuid('identifier_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'participant_clue_pkey', columns: [t.workspaceId, t.kind, t.value, t.identifierId] }),
    index('participant_clue_identifier_idx').on(t.workspaceId, t.identifierId),
  ],
);

/** What an account has with the bearer of an identifier besides messages: a `connection`, or a `contact` of its book. */
export const participantRelation = pgTable(
  'participant_relation',
  {
    workspaceId: text('workspace_id').notNull(),
    identifierId: uuid('identifier_id').notNull(),
    accountId: text('account_id').notNull(),
    relation: text('relation').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'participant_relation_pkey',
      columns: [t.workspaceId, t.identifierId, t.accountId, t.relation],
    }),
  ],
);

/** A person's word that a participant is a record (`is`), or is not (`is_not`): no rule overrides it. */
export const participantDecision = pgTable(
  'participant_decision',
  {
    workspaceId: text('workspace_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    recordId: text('record_id').notNull(),
    verdict: text('verdict').notNull(),
    method: text('method'),
    confidence: doublePrecision('confidence'),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'participant_decision_pkey', columns: [t.workspaceId, t.participantId, t.recordId] }),
    uniqueIndex('participant_decision_is_key')
      .on(t.workspaceId, t.participantId)
      .where(sql`verdict = 'is'`),
    index('participant_decision_record_idx').on(t.workspaceId, t.recordId, t.participantId),
  ],
);

/** A person's word that two participants are not one, though messages named them as one. `a` is the smaller id. */
export const participantSeparation = pgTable(
  'participant_separation',
  {
    workspaceId: text('workspace_id').notNull(),
    participantA: uuid('participant_a').notNull(),
    participantB: uuid('participant_b').notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'participant_separation_pkey',
      columns: [t.workspaceId, t.participantA, t.participantB],
    }),
    index('participant_separation_b_idx').on(t.workspaceId, t.participantB),
  ],
);

/**
 * The history: appended, never changed (Invariant 5). The last entry of a participant says what its link is;
 * `before` holds what undoing restores. An entry without a participant is about records (`previous_record_id` was
 * merged into `record_id`); what followed from it points to it by `caused_by`.
 */
export const linkEvent = pgTable(
  'link_event',
  {
    workspaceId: text('workspace_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    participantId: uuid('participant_id'),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    reason: text('reason').notNull(),
    status: text('status'),
    recordId: text('record_id'),
    previousRecordId: text('previous_record_id'),
    method: text('method'),
    confidence: doublePrecision('confidence'),
    evidence: jsonb('evidence').notNull(),
    before: jsonb('before'),
    causedBy: bigint('caused_by', { mode: 'number' }),
    undoes: bigint('undoes', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'link_event_pkey', columns: [t.workspaceId, t.id] }),
    index('link_event_participant_idx').on(t.workspaceId, t.participantId, t.id),
    index('link_event_cause_idx')
      .on(t.workspaceId, t.causedBy)
      .where(sql`caused_by is not null`),
    // What people decided, in the order in which it is listed.
    index('link_event_person_idx')
      .on(t.workspaceId, t.id)
      .where(sql`reason in ('person', 'undo')`),
    // Undone once: a second undo of the same entry meets the first.
    uniqueIndex('link_event_undoes_key')
      .on(t.workspaceId, t.undoes)
      .where(sql`undoes is not null`),
  ],
);
