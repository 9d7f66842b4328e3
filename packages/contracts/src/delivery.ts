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
  MessageStatus,
  ParticipantNature,
  ParticipantRole,
  Provider,
  WorkspaceId,
} from './names.ts';

/** Where bytes too large for NATS lie: a key in the blob store and the number of bytes behind it. */
export const BlobRef = z.strictObject({ key: z.string().min(1).max(300), size: z.int().nonnegative() });
export type BlobRef = z.infer<typeof BlobRef>;

/** Somebody, under the identifiers that a delivery gives for them. */
export const DeliveredPerson = z.strictObject({
  /**
   * All of one person: the first is the one that wrote or was written to and is of an identifying kind of the
   * channel; further ones of identifying kinds say that they are one participant; others are clues.
   */
  identifiers: z.array(Identifier).min(1).max(10),
  displayName: z.string().max(300).nullable(),
  /** What the message shows to stand behind the identifier; `person` when left out. */
  nature: ParticipantNature.optional(),
  /** The account itself, by what the provider says of its own side: the resolver makes it internal. */
  own: z.literal(true).optional(),
});
export type DeliveredPerson = z.infer<typeof DeliveredPerson>;

/** Somebody named by a message, in one of its parts. */
export const DeliveredParticipant = DeliveredPerson.extend({ role: ParticipantRole });
export type DeliveredParticipant = z.infer<typeof DeliveredParticipant>;

/** What names one file at its provider, unique per workspace and channel: `meta:<media id>`. */
export const MediaKey = z.string().min(1).max(500);

/**
 * A file that came with a message. Its bytes are in the blob store, or are fetched from the provider after the fact:
 * then `blob` is null and `media` names the `media` item that will tell where they are.
 */
export const DeliveredAttachment = z.strictObject({
  name: z.string().max(300),
  type: z.string().max(200),
  blob: BlobRef.nullable(),
  media: z.strictObject({ key: MediaKey, size: z.int().nonnegative().nullable() }).optional(),
  /** The id by which the HTML body refers to it, without angle brackets. */
  contentId: z.string().max(500).nullable(),
  inline: z.boolean(),
});
export type DeliveredAttachment = z.infer<typeof DeliveredAttachment>;

/**
 * Which conversation a message belongs to. Conversations are connected components: email threads over message ids
 * (RFC 5322 Message-ID, In-Reply-To, References), chats over the ids under which their providers know them.
 */
export const DeliveredConversation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('thread'),
    /** The message's own id, then the ids it refers to: without brackets, case kept, no repeats. */
    messageIds: z.array(z.string().min(1).max(1000)).min(1).max(200),
  }),
  z.strictObject({
    kind: z.enum(['direct', 'group']),
    externalId: z.string().min(1).max(500),
    /** Further ids of the same chat: with a person's number, and with their business-scoped id. */
    aliases: z.array(z.string().min(1).max(500)).max(10).optional(),
  }),
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
  /** What its author wrote now: `text` without quoted earlier messages and signature. Left out where it is all of it. */
  newText: z.string().optional(),
  /** The `externalId` of the message that it answers, where the provider says so. */
  repliesTo: z.string().min(1).max(500).nullable().optional(),
  /** The account itself wrote it, by what the provider says of its own side, also where nothing identifies it. */
  byAccount: z.literal(true).optional(),
  /** The HTML body as it came, never sanitised at rest. */
  html: BlobRef.nullable(),
  attachments: z.array(DeliveredAttachment).max(2000),
  /** The time the sender claims; null when there is none that can be read. */
  sentAt: Instant.nullable(),
  marks: z.array(MessageMark).max(MessageMark.options.length).optional(),
});
export type DeliveredMessage = z.infer<typeof DeliveredMessage>;

/** What is told of a message besides it names it by its `externalId`; the message may come later, or never. */
const messageId = z.string().min(1).max(500);

/** How far a message has come on its way to one recipient (null where the provider names none). */
export const DeliveredStatus = z.strictObject({
  kind: z.literal('status'),
  messageId,
  status: MessageStatus,
  recipient: Identifier.nullable(),
  /** When it came so far; null where the provider does not say. */
  at: Instant.nullable(),
  /** Why it failed, in the provider's words. */
  detail: z.string().max(1000).nullable(),
});
export type DeliveredStatus = z.infer<typeof DeliveredStatus>;

/** Somebody's reaction to a message; of one person's the newest counts. `emoji` is null when it is taken back. */
export const DeliveredReaction = z.strictObject({
  kind: z.literal('reaction'),
  messageId,
  person: DeliveredPerson,
  emoji: z.string().min(1).max(100).nullable(),
  at: Instant.nullable(),
});
export type DeliveredReaction = z.infer<typeof DeliveredReaction>;

/** A new text of a message; of several the newest counts. `editId` is the same for the same edit. */
export const DeliveredEdit = z.strictObject({
  kind: z.literal('edit'),
  messageId,
  editId: z.string().min(1).max(500),
  text: z.string(),
  at: Instant.nullable(),
});
export type DeliveredEdit = z.infer<typeof DeliveredEdit>;

/** A message was taken back by who wrote it. */
export const DeliveredDeletion = z.strictObject({
  kind: z.literal('deletion'),
  messageId,
  at: Instant.nullable(),
});
export type DeliveredDeletion = z.infer<typeof DeliveredDeletion>;

/**
 * What a channel tells of a person besides messages: a new `connection` of the account, a `contact` in its address
 * book, or that several identifiers are the `same_person` (a changed number or id).
 */
export const DeliveredRelation = z.strictObject({
  kind: z.literal('relation'),
  relation: z.enum(['connection', 'contact', 'same_person']),
  person: DeliveredPerson,
  at: Instant.nullable(),
});
export type DeliveredRelation = z.infer<typeof DeliveredRelation>;

/** Why a file could not be had from its provider. */
export const MediaFailure = z.enum([
  'no_credentials',
  'not_found',
  'refused',
  'too_large',
  'address_not_allowed',
  'gave_up',
]);
export type MediaFailure = z.infer<typeof MediaFailure>;

/** What became of a file that a message named: its bytes, or why there are none. */
export const DeliveredMedia = z.strictObject({
  kind: z.literal('media'),
  key: MediaKey,
  result: z.union([
    z.strictObject({ blob: BlobRef, type: z.string().max(200).nullable() }),
    z.strictObject({ failure: MediaFailure, detail: z.string().max(300) }),
  ]),
});
export type DeliveredMedia = z.infer<typeof DeliveredMedia>;

/** Why an item inside a valid delivery holds nothing for us. */
export const IgnoredReason = z.enum([
  'unknown_event_type',
  'not_a_conversation_event',
  'provider_test_payload',
  'nothing_for_us',
  'subscription_event',
  'history_declined',
  'other_account',
  'erased',
]);
export type IgnoredReason = z.infer<typeof IgnoredReason>;

/** Why an accepted item could not become a message; the raw body is kept and can be replayed. */
export const DeadLetterReason = z.enum([
  'not_a_message',
  'too_many_parts',
  'too_deeply_nested',
  'headers_too_large',
  'parse_deadline_exceeded',
  'parse_failed',
  'content_not_included',
  'invalid_delivery',
  'write_failed',
]);
export type DeadLetterReason = z.infer<typeof DeadLetterReason>;

/** One thing found in a delivery. */
export const DeliveryItem = z.discriminatedUnion('kind', [
  DeliveredMessage,
  DeliveredStatus,
  DeliveredReaction,
  DeliveredEdit,
  DeliveredDeletion,
  DeliveredRelation,
  DeliveredMedia,
  z.strictObject({ kind: z.literal('ignored'), reason: IgnoredReason, detail: z.string().max(300) }),
  z.strictObject({ kind: z.literal('unreadable'), reason: DeadLetterReason, detail: z.string().max(1000) }),
]);
export type DeliveryItem = z.infer<typeof DeliveryItem>;

/** A file that lies at its provider; `locator` is what the provider's part of an ingest service needs to find it. */
export const FileToFetch = z.strictObject({ key: MediaKey, locator: z.record(z.string(), z.string()) });
export type FileToFetch = z.infer<typeof FileToFetch>;

/** One webhook body, or one fetched page, in Kith's terms. */
export const Delivery = z.strictObject({
  version: z.literal(1),
  /** A UUID given by the ingest service; each accepted webhook has its own, also when its body came before. */
  id: z.uuid(),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  /** `media`: a file that a message of an earlier delivery named; its items are not counted in the accounting. */
  origin: z.enum(['webhook', 'sync', 'media']),
  receivedAt: Instant,
  /** The body as it was posted, unzipped, kept for dead letters and replay. */
  raw: BlobRef,
  items: z.array(DeliveryItem).min(1).max(10_000),
  /**
   * Of history: the files that its messages name. Those that are not here yet are asked for when the messages are
   * stored, since most of what a history brings is known. A webhook's files are asked for when it is read.
   */
  files: z.array(FileToFetch).max(100_000).optional(),
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
