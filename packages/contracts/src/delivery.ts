/*
 * The canonical delivery: what every ingest service publishes and the resolver consumes.
 *
 * One delivery is one webhook body (or one fetched page of history); it holds the items found in it. Each item
 * ends in exactly one outcome: stored, duplicate, ignored or dead-lettered (Invariant 2). The schemas are strict,
 * because we write them ourselves; what providers send is parsed loosely long before.
 */
import * as z from 'zod';
import {
  AccountId,
  Channel,
  Identifier,
  Instant,
  MessageMark,
  ParticipantNature,
  ParticipantRole,
  Provider,
  WorkspaceId,
} from './names.ts';

/** Where bytes too large for NATS lie: a key in the blob store and the number of bytes behind it. */
export const BlobRef = z.strictObject({ key: z.string().min(1).max(300), size: z.int().nonnegative() });
export type BlobRef = z.infer<typeof BlobRef>;

/** Somebody named by a message, under the identifiers the message gave for them. */
export const DeliveredParticipant = z.strictObject({
  role: ParticipantRole,
  /**
   * All of one person: the first is the one that wrote or was written to and is of an identifying kind of the
   * channel; further ones of identifying kinds say that they are one participant; others are clues.
   */
  identifiers: z.array(Identifier).min(1).max(10),
  displayName: z.string().max(300).nullable(),
  /** What the message shows to stand behind the identifier; `person` when left out. */
  nature: ParticipantNature.optional(),
});
export type DeliveredParticipant = z.infer<typeof DeliveredParticipant>;

/** A file that came with a message, already in the blob store. */
export const DeliveredAttachment = z.strictObject({
  name: z.string().max(300),
  type: z.string().max(200),
  blob: BlobRef,
  /** The id by which the HTML body refers to it, without angle brackets. */
  contentId: z.string().max(500).nullable(),
  inline: z.boolean(),
});
export type DeliveredAttachment = z.infer<typeof DeliveredAttachment>;

/**
 * Which conversation a message belongs to. Email threads are connected components over message ids (RFC 5322
 * Message-ID, In-Reply-To, References); chats carry their provider's id.
 */
export const DeliveredConversation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('thread'),
    /** The message's own id, then the ids it refers to: without brackets, case kept, no repeats. */
    messageIds: z.array(z.string().min(1).max(1000)).min(1).max(200),
  }),
  z.strictObject({ kind: z.enum(['direct', 'group']), externalId: z.string().min(1).max(500) }),
]);
export type DeliveredConversation = z.infer<typeof DeliveredConversation>;

/** A message as its provider gave it, in Kith's terms. */
export const DeliveredMessage = z.strictObject({
  kind: z.literal('message'),
  /** Two copies of one message have the same; two messages never do. Unique per workspace and channel. */
  externalId: z.string().min(1).max(500),
  conversation: DeliveredConversation,
  /** Everybody named; who wrote comes first with the role `from` (absent when nobody is named as author). */
  participants: z.array(DeliveredParticipant).max(50_000),
  subject: z.string().max(2000).nullable(),
  /** Plain text, cut to `textCharsMax`; derived from the HTML body where there is no text body. */
  text: z.string(),
  /** The HTML body as it came, never sanitised at rest. */
  html: BlobRef.nullable(),
  attachments: z.array(DeliveredAttachment).max(2000),
  /** The time the sender claims; null when there is none that can be read. */
  sentAt: Instant.nullable(),
  marks: z.array(MessageMark).max(MessageMark.options.length).optional(),
});
export type DeliveredMessage = z.infer<typeof DeliveredMessage>;

/** Why an item inside a valid delivery holds nothing for us. */
export const IgnoredReason = z.enum(['unknown_event_type', 'provider_test_payload', 'nothing_for_us']);
export type IgnoredReason = z.infer<typeof IgnoredReason>;

/** Why an accepted item could not become a message; the raw body is kept and can be replayed. */
export const DeadLetterReason = z.enum([
  'not_a_message',
  'too_many_parts',
  'too_deeply_nested',
  'headers_too_large',
  'parse_deadline_exceeded',
  'parse_failed',
  'invalid_delivery',
  'write_failed',
]);
export type DeadLetterReason = z.infer<typeof DeadLetterReason>;

/** One thing found in a delivery. */
export const DeliveryItem = z.discriminatedUnion('kind', [
  DeliveredMessage,
  z.strictObject({ kind: z.literal('ignored'), reason: IgnoredReason, detail: z.string().max(300) }),
  z.strictObject({ kind: z.literal('unreadable'), reason: DeadLetterReason, detail: z.string().max(1000) }),
]);
export type DeliveryItem = z.infer<typeof DeliveryItem>;

/** One webhook body, or one fetched page, in Kith's terms. */
export const Delivery = z.strictObject({
  version: z.literal(1),
  /** A UUID given by the ingest service; each accepted webhook has its own, also when its body came before. */
  id: z.uuid(),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  origin: z.enum(['webhook', 'sync']),
  receivedAt: Instant,
  /** The body exactly as it was posted, kept for dead letters and replay. */
  raw: BlobRef,
  items: z.array(DeliveryItem).min(1).max(10_000),
});
export type Delivery = z.infer<typeof Delivery>;

/**
 * What lies in `KITH_INBOUND`: the delivery itself, or a claim check for one that is larger than a NATS message
 * should be (a mail to ten thousand recipients).
 */
export const InboundMessage = z.union([
  Delivery,
  z.strictObject({ version: z.literal(1), id: z.uuid(), deliveryBlob: BlobRef }),
]);
export type InboundMessage = z.infer<typeof InboundMessage>;

/** Longest plain text kept with a message, in UTF-16 code units; the raw mail keeps all of it. */
export const textCharsMax = 200_000;

/** How one item of a delivery ended. */
export const ItemOutcome = z.enum(['stored', 'duplicate', 'ignored', 'dead_lettered']);
export type ItemOutcome = z.infer<typeof ItemOutcome>;
