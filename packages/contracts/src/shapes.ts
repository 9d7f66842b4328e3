/*
 * What the reads answer: the shapes that frontends depend on. Fields may be added, never removed or changed.
 */
import * as z from 'zod';
import { Channel, IdentifierKind, Instant, ParticipantRole } from './names.ts';

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
  participants: z.array(Participant),
  conversationCount: ConversationCount,
  lastActivityAt: Instant.nullable(),
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

/** A file that came with a message; `size` in bytes. */
export const Attachment = z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.int() });

/** One message. `direction` follows from who sent it: outbound when the sender is internal. */
export const Message = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: Channel,
  direction: z.enum(['inbound', 'outbound']),
  sentAt: Instant,
  subject: z.string().nullable(),
  text: z.string(),
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
});
export type Message = z.infer<typeof Message>;

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
  reason: z.enum(['message', 'linked', 'unlinked']),
  at: Instant,
  conversationId: z.string().optional(),
  messageId: z.string().optional(),
  participantId: z.string().optional(),
});
export type Activity = z.infer<typeof Activity>;
