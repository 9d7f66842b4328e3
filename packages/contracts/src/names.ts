import * as z from 'zod';

/** The three ways a company and a contact talk. */
export const Channel = z.enum(['email', 'whatsapp', 'linkedin']);
export type Channel = z.infer<typeof Channel>;

/** Who posts webhooks to us; the same provider may serve several channels. */
export const Provider = z.enum([
  'mime',
  'postmark',
  'sendgrid',
  'mailgun',
  'ses',
  'unipile',
  'nylas',
  'meta',
  'twilio',
  'imap',
]);
export type Provider = z.infer<typeof Provider>;

/** A tenant's name. It is a NATS subject token, so dots, spaces and wildcards cannot occur in it. */
export const WorkspaceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'lower-case letters, digits, "-" and "_", at most 63 characters');

/** An account's name within its workspace: part of its webhook URL and of a NATS subject. */
export const AccountId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_", at most 63 characters');

/** A record's id in its CRM: opaque to us, unique within the workspace. */
export const RecordId = z.string().min(1).max(200);

/** A pipeline's name in the CRM, such as `contacts` or `leads`. */
export const PipelineId = z.string().min(1).max(100);

/** An instant as ISO 8601 in UTC with milliseconds: `2026-11-22T16:59:00.000Z`. */
export const Instant = z.iso.datetime();

/** What an identifier is; the value's form follows from the kind. */
export const IdentifierKind = z.enum([
  'email',
  'phone',
  'whatsapp_bsuid',
  'whatsapp_lid',
  'linkedin_member',
  'linkedin_profile',
  'linkedin_public',
  'linkedin_sales',
  'linkedin_recruiter',
]);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/**
 * The kinds that say who somebody is on a channel, best to show first. An identifier of another kind that comes with
 * a participant (a LinkedIn member's profile email) is a clue: it may link or suggest, but never makes two
 * participants one.
 */
export const identifyingKinds = {
  email: ['email'],
  whatsapp: ['phone', 'whatsapp_bsuid', 'whatsapp_lid'],
  linkedin: [
    'linkedin_member',
    'linkedin_public',
    'linkedin_profile',
    'linkedin_sales',
    'linkedin_recruiter',
  ],
} as const satisfies Record<Channel, readonly IdentifierKind[]>;

/** A normalised identifier: the exact key that may link a participant to a record. */
export const Identifier = z.strictObject({
  kind: IdentifierKind,
  /** Normalised by `@kith/identity`: `ana@lima.example`, `+5511987654321`, `urn:li:member:42`. */
  value: z.string().min(1).max(512),
});
export type Identifier = z.infer<typeof Identifier>;

/** The part a participant has in a message; the order is the precedence shown for a conversation. */
export const ParticipantRole = z.enum([
  'from',
  'sender',
  'to',
  'cc',
  'bcc',
  'reply_to',
  'member',
  'attendee',
]);
export type ParticipantRole = z.infer<typeof ParticipantRole>;

/**
 * What stands behind an identifier, weakest first: a person; a role that several people share (`sales@`), which links
 * like a person's; a mailing list; a machine (`no-reply@`). Lists and machines are nobody: no rule links them.
 */
export const ParticipantNature = z.enum(['person', 'role', 'list', 'machine']);
export type ParticipantNature = z.infer<typeof ParticipantNature>;

/** What a message is besides a message: written by a machine, sent to many, a bounce, an invitation, forwarded. */
export const MessageMark = z.enum([
  'auto_reply',
  'auto_generated',
  'bulk',
  'list',
  'bounce',
  'calendar',
  'forwarded',
]);
export type MessageMark = z.infer<typeof MessageMark>;

/**
 * How far a message of ours has come, in the order in which it can advance: a later status is never replaced by an
 * earlier one. `failed` stands before `delivered`, because a message that was delivered after all did not fail.
 */
export const MessageStatus = z.enum(['queued', 'sent', 'failed', 'delivered', 'read', 'played']);
export type MessageStatus = z.infer<typeof MessageStatus>;
