/*
 * What only this service's reads answer, beside the shapes in `@kith/contracts`. Fields may be added, never removed
 * or changed.
 */
import {
  AccountId,
  Channel,
  ConversationCount,
  DeadLetterReason,
  Identifier,
  Instant,
  HistoryEntry,
  ItemOutcome,
  Participant,
  ParticipantRole,
  Provider,
} from '@kith/contracts';
import * as z from 'zod';

/** A page of a list. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A participant with everything it is known by. */
export const ParticipantDetail = Participant.extend({
  identifiers: z.array(Identifier),
  /** Up to 1,000; more are not counted. */
  conversationCount: z.int(),
});

/** An account as lists show it: what it stands for and when it was last heard of, never its secrets. */
export const AccountSummary = z.object({
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  identifiers: z.array(Identifier),
  createdAt: Instant,
  lastDeliveryAt: Instant.nullable(),
  /** As they were given; `accounts.upsert` replaces them all, so whoever changes one sends the others along. */
  settings: z.record(z.string(), z.unknown()),
});

/** Who is the company itself besides its accounts: identifiers, and domains whose every email address is. */
export const Team = z.object({ identifiers: z.array(Identifier), domains: z.array(z.string()) });

/** An item that was accepted and could not be stored. */
export const DeadLetter = z.object({
  id: z.string(),
  deliveryId: z.string(),
  itemIndex: z.int(),
  accountId: z.string(),
  channel: Channel,
  provider: Provider,
  reason: DeadLetterReason,
  detail: z.string(),
  createdAt: Instant,
  /** Whether `deadLetters.replay` can take it up again: what arrived is still kept. */
  replayable: z.boolean(),
});

/** How what came through one account ended; what still waits belongs to no account yet. */
export const AccountAccounting = z.object({
  accountId: z.string(),
  accepted: z.int(),
  stored: z.int(),
  duplicate: z.int(),
  ignored: z.int(),
  deadLettered: z.int(),
});

/** How the items of a delivery ended; `outcomes` is null while it waits, and for an id that is not known. */
export const DeliveryOutcomes = z.object({
  deliveryId: z.string(),
  outcomes: z
    .array(
      z.object({ outcome: ItemOutcome, reason: z.string().optional(), messageId: z.string().optional() }),
    )
    .nullable(),
});

/** A workspace in numbers. `linkedShare` is linked participants among those that are not internal, 0..1. */
export const Overview = z.object({
  records: z.int(),
  conversations: ConversationCount,
  participants: z.object({
    linked: z.int(),
    unlinked: z.int(),
    ambiguous: z.int(),
    internal: z.int(),
  }),
  linkedShare: z.number().nullable(),
  messages: ConversationCount,
  /** What `review.list` holds: ambiguous and contested participants that nobody dismissed. */
  review: z.int(),
});

/** How many messages were sent on a day (UTC), by channel. */
export const MessageDay = z.object({
  /** `2026-11-25` */
  day: z.iso.date(),
  email: z.int(),
  whatsapp: z.int(),
  linkedin: z.int(),
});

/** A message as it came: what a timeline leaves out. */
export const MessageContent = z.object({
  messageId: z.string(),
  /**
   * The HTML body as its sender wrote it, null where there is none. It is not sanitised: show it only in a frame without
   * scripts, and after a sanitiser.
   */
  html: z.string().nullable(),
  /** Whether `html` is only its beginning: at most 2 MiB are told. */
  htmlCut: z.boolean(),
  /** Whom the message names, and how. */
  people: z.array(
    z.object({
      role: ParticipantRole,
      participantId: z.string(),
      identifier: z.string(),
      displayName: z.string().nullable(),
    }),
  ),
});

/** Where the bytes of a file can be fetched for a while, without a key: a path of this service. */
export const FileLink = z.object({
  attachmentId: z.string(),
  /** To be resolved against the base address of `query`: `/files/…`. Whoever has it may fetch the file. */
  path: z.string(),
  expiresAt: Instant,
});

/** How the fields of a kind of record are read. */
export const PipelineSummary = z.object({
  pipeline: z.string(),
  fields: z.array(
    z.object({
      key: z.string(),
      type: z.enum(['email', 'phone', 'linkedin', 'url', 'text']),
      identifies: z.boolean(),
    }),
  ),
  defaultCountry: z.string().nullable(),
});

/** An entry of the history of a workspace: of a participant, or (null) of records that were merged. */
export const WorkspaceHistoryEntry = HistoryEntry.extend({
  participant: Participant.pick({ id: true, channel: true, identifier: true, displayName: true }).nullable(),
  /** The title of the record that the entry names. */
  recordTitle: z.string().nullable(),
});

/** An invariant, and what breaks it. */
export const VerifiedCheck = z.object({
  name: z.string(),
  /** What holds, in a sentence, and what to do where it does not. */
  means: z.string(),
  todo: z.string(),
  ok: z.boolean(),
  /** At most 1,000 of one answer. */
  count: z.int(),
  /** The ids of the first of them, and what they are the ids of. */
  violations: z.array(z.string()),
  of: z.string(),
});
export type VerifiedCheck = z.infer<typeof VerifiedCheck>;

/**
 * What the checks found on the way to `nextCursor`. A check with much to look at is in several answers: its violations
 * are those of all of them. `progress` is 0..1.
 */
export const Verification = z.object({
  checks: z.array(VerifiedCheck),
  progress: z.number(),
  nextCursor: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;
