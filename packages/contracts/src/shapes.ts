/*
 * What the reads answer: the shapes that frontends depend on. Fields may be added, never removed or changed.
 */
import * as z from 'zod';
import { MediaFailure } from './delivery.ts';
import { type EventData, eventData, type EventType, eventTypes } from './events.ts';
import {
  Channel,
  IdentifierKind,
  Instant,
  MessageMark,
  MessageStatus,
  ParticipantNature,
  ParticipantRole,
} from './names.ts';
import { Coverage } from './sync-shapes.ts';

/** Whether a participant belongs to a record. */
export const ParticipantStatus = z.enum(['linked', 'unlinked', 'ambiguous', 'internal']);
export type ParticipantStatus = z.infer<typeof ParticipantStatus>;

/** One identity on one channel. `identifier` is normalised; `confidence` is 0..1, null unless linked. */
export const Participant = z.object({
  id: z.string(),
  channel: Channel,
  identifier: z.string(),
  displayName: z.string().nullable(),
  recordId: z.string().nullable(),
  status: ParticipantStatus,
  confidence: z.number().nullable(),
  method: z.string().nullable(),
  resolvedAt: Instant.nullable(),
  nature: ParticipantNature,
  /** Linked, while another record holds one of its identifiers too: listed for review. */
  contested: z.boolean(),
  /** Present where the participant is shown as part of a conversation. */
  role: ParticipantRole.optional(),
});
export type Participant = z.infer<typeof Participant>;

/** One channel's number of conversations for each channel. */
export const ConversationCount = z.object({ email: z.int(), whatsapp: z.int(), linkedin: z.int() });

/** A CRM contact or lead, with what identifies it and who is linked to it. */
export const Record = z.object({
  recordId: z.string(),
  pipeline: z.string(),
  title: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  identifiers: z.array(z.object({ kind: IdentifierKind, value: z.string(), field: z.string() })),
  /** Fields that should identify the record and do not, each with the reason in words. */
  unreadable: z.array(z.object({ field: z.string(), reason: z.string() })),
  /** At most 100, by channel and identifier; `records.participants` lists all, `participantCount` tells how many. */
  participants: z.array(Participant),
  participantCount: z.int(),
  conversationCount: ConversationCount,
  lastActivityAt: Instant.nullable(),
  /** What of its past each account has been asked for. */
  coverage: z.array(Coverage),
});
export type Record = z.infer<typeof Record>;

/** A record as lists show it. */
export const RecordSummary = z.object({
  recordId: z.string(),
  pipeline: z.string(),
  title: z.string().nullable(),
  identifiers: z.array(z.object({ kind: IdentifierKind, value: z.string(), field: z.string() })),
  lastActivityAt: Instant.nullable(),
});
export type RecordSummary = z.infer<typeof RecordSummary>;

/** An email thread or a chat. `preview` is the beginning of its newest message. */
export const Conversation = z.object({
  id: z.string(),
  channel: Channel,
  kind: z.enum(['thread', 'direct', 'group']),
  subject: z.string().nullable(),
  lastMessageAt: Instant,
  messageCount: z.int(),
  preview: z.string(),
  /** At most 50, authors first; `participantCount` tells how many there are. */
  participants: z.array(Participant),
  participantCount: z.int(),
});
export type Conversation = z.infer<typeof Conversation>;

/**
 * A file that came with a message; `size` in bytes, 0 while it is not known. `state` says whether its bytes are here,
 * still to be fetched from the provider, or not to be had.
 */
export const Attachment = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  state: z.enum(['stored', 'pending', 'unavailable']),
  failure: MediaFailure.optional(),
  /** Shown by the HTML body, which refers to it as `cid:<contentId>`. */
  inline: z.boolean(),
  contentId: z.string().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** What one person answered a message with. */
export const Reaction = z.object({
  emoji: z.string(),
  at: Instant,
  participantId: z.string(),
  displayName: z.string().nullable(),
  identifier: z.string(),
});
export type Reaction = z.infer<typeof Reaction>;

/** One message. `direction` follows from who sent it: outbound when the sender is internal. */
export const Message = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: Channel,
  direction: z.enum(['inbound', 'outbound']),
  sentAt: Instant,
  subject: z.string().nullable(),
  /** Empty when the message was deleted, the newest text when it was edited. */
  text: z.string(),
  /** What its author wrote now, without quoted earlier messages and signature; `text` where that is all of it. */
  newText: z.string(),
  /** Whether an HTML body is kept. */
  html: z.boolean().optional(),
  /** Who wrote it; all three are null when the message names nobody as its author. */
  sender: z.object({
    participantId: z.string().nullable(),
    displayName: z.string().nullable(),
    identifier: z.string().nullable(),
  }),
  attachments: z.array(Attachment),
  state: z.enum(['edited', 'deleted']).optional(),
  /** How far a message of ours has come, by the recipient where it came furthest; null where nothing was told. */
  status: MessageStatus.nullable(),
  reactions: z.array(Reaction),
  /** The message that it answers; null also where that one is not stored. */
  repliesTo: z.string().nullable(),
  /** What it is besides a message: an automatic reply, a bounce, an invitation. */
  marks: z.array(MessageMark),
});
export type Message = z.infer<typeof Message>;

/** A message that a search found. */
export const MessageHit = z.object({
  message: Message,
  /** How well it matches: above 0, comparable within one search only. */
  score: z.number(),
  /**
   * Where it matches: its subject as a whole, stretches of its text, and people whom it names. Each in parts that match
   * or do not, as plain text; white space is shown as one space.
   */
  fragments: z.array(
    z.object({
      field: z.enum(['subject', 'text', 'person']),
      parts: z.array(z.object({ text: z.string(), match: z.boolean() })),
    }),
  ),
});
export type MessageHit = z.infer<typeof MessageHit>;

/** How every accepted item ended. accepted = stored + duplicate + ignored + deadLettered + pending. */
export const Accounting = z.object({
  accepted: z.int(),
  stored: z.int(),
  duplicate: z.int(),
  ignored: z.int(),
  deadLettered: z.int(),
  pending: z.int(),
  ignoredByReason: z.record(z.string(), z.int()),
  deadLetteredByReason: z.record(z.string(), z.int()),
});
export type Accounting = z.infer<typeof Accounting>;

/** Something that happened to a record, as `records.onActivity` tells it. */
export const Activity = z.object({
  recordId: z.string(),
  reason: z.enum(['message', 'changed', 'linked', 'unlinked']),
  at: Instant,
  conversationId: z.string().optional(),
  messageId: z.string().optional(),
  participantId: z.string().optional(),
});
export type Activity = z.infer<typeof Activity>;

/**
 * Something that happened in a workspace, as `workspace.onEvent` tells it: the type and data of an event as
 * `docs/events.md` has them, and when it happened.
 */
export type WorkspaceEvent = { [T in EventType]: { type: T; at: string; data: EventData<T> } }[EventType];
export const WorkspaceEvent: z.ZodType<WorkspaceEvent> = z.union(
  eventTypes.map((type) => z.object({ type: z.literal(type), at: Instant, data: eventData[type] })),
) as unknown as z.ZodType<WorkspaceEvent>;

/** A record's field that holds what a participant is known by: why the one belongs to the other. */
export const Evidence = z.object({
  kind: IdentifierKind,
  value: z.string(),
  recordId: z.string(),
  field: z.string(),
  /** When both sides were first known. */
  observedAt: Instant,
  /** What came last and so made the match: a webhook, fetched history, or the record. */
  origin: z.enum(['webhook', 'sync', 'record']),
});
export type Evidence = z.infer<typeof Evidence>;

/** A record that holds an identifier of a participant. */
export const Candidate = z.object({
  recordId: z.string(),
  title: z.string().nullable(),
  evidence: z.array(Evidence),
});
export type Candidate = z.infer<typeof Candidate>;

/** Why a record may be the participant's, though nothing exact says so. */
export const SuggestionReason = z.enum([
  'loose_email',
  'phone_variant',
  'linkedin_variant',
  'name_and_company',
  'signature_phone',
  'signature_linkedin',
  'signature_email',
]);
export type SuggestionReason = z.infer<typeof SuggestionReason>;

/** A record that may be the participant's: offered, never applied. `score` is 0..1, highest first. */
export const Suggestion = z.object({
  recordId: z.string(),
  title: z.string().nullable(),
  score: z.number(),
  evidence: z.array(
    z.object({
      reason: SuggestionReason,
      /** What the participant has, and what the record has: `ana+x@lima.example` and `ana@lima.example`. */
      value: z.string(),
      recordValue: z.string(),
      field: z.string(),
      /** The message in whose signature it was found. */
      messageId: z.string().optional(),
    }),
  ),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** What an entry of a participant's history says. */
export const LinkAction = z.enum([
  'linked',
  'unlinked',
  'ambiguous',
  'contested',
  'internal',
  'rejected',
  'dismissed',
  'merged',
  'split',
]);
export type LinkAction = z.infer<typeof LinkAction>;

/** What brought an entry about: a rule after something changed, or a person. */
export const LinkReason = z.enum([
  'webhook',
  'sync',
  'record_changed',
  'record_deleted',
  'records_merged',
  'records_unmerged',
  'participants_merged',
  'participants_split',
  'person_erased',
  'account_changed',
  'person',
  'undo',
]);
export type LinkReason = z.infer<typeof LinkReason>;

/** One entry of a participant's history, newest first where listed. `actor` is `rule` or `key:<id>`. */
export const HistoryEntry = z.object({
  eventId: z.string(),
  at: Instant,
  actor: z.string(),
  action: LinkAction,
  reason: LinkReason,
  recordId: z.string().nullable(),
  previousRecordId: z.string().nullable(),
  method: z.string().nullable(),
  confidence: z.number().nullable(),
  /** Whether a later entry took it back. */
  undone: z.boolean(),
  /** The entry that this one takes back. */
  undoes: z.string().nullable(),
  /** The entry this one follows from: undo that one instead. */
  causedBy: z.string().nullable(),
  /** In a sentence. */
  text: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Why a participant is linked, or is not. */
export const Explanation = z.object({
  participantId: z.string(),
  status: ParticipantStatus,
  recordId: z.string().nullable(),
  method: z.string().nullable(),
  confidence: z.number().nullable(),
  contested: z.boolean(),
  /** The answer in words. */
  summary: z.string(),
  /** What links it now: what the linked record and the participant share; empty when a person alone made the link. */
  evidence: z.array(Evidence),
  /** The records between which nothing decides: of an ambiguous participant all, of a contested one the others. */
  candidates: z.array(Candidate),
  candidateCount: z.int(),
  /** Records of which a person said that the participant is not them. */
  rejected: z.array(
    z.object({ recordId: z.string(), title: z.string().nullable(), actor: z.string(), at: Instant }),
  ),
  suggestions: z.array(Suggestion),
  history: z.array(HistoryEntry),
});
export type Explanation = z.infer<typeof Explanation>;

/** A participant that waits for a person's word. */
export const ReviewItem = z.object({
  participant: Participant,
  reason: z.enum(['ambiguous', 'contested', 'unlinked']),
  /** How many times messages name it: the list is ordered by it. */
  messageCount: z.int(),
  lastMessageAt: Instant.nullable(),
  candidates: z.array(Candidate),
  /** At most 100 are kept; `participants.explain` counts them all. */
  candidateCount: z.int(),
  suggestions: z.array(Suggestion),
});
export type ReviewItem = z.infer<typeof ReviewItem>;
