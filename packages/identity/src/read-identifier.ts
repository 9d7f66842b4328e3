/*
 * One identifier of a kind that nobody declared, as people type the own identities of an account or of their team.
 *
 * The form decides the kind, and each form belongs to one kind; a bare word is none.
 */
import { type EmailFailure, normalizeEmail } from './email.ts';
import type { IdentifierKind } from './identifier.ts';
import { type LinkedInFailure, normalizeLinkedIn } from './linkedin.ts';
import { normalizePhone, type PhoneFailure } from './phone.ts';
import { visibleText } from './visible-text.ts';
import { normalizeWhatsApp, type WhatsAppFailure } from './whatsapp.ts';

/** Why a text is no identifier: `unrecognised`, or the reason of the kind whose form it has. */
export type IdentifierFailure =
  | 'unrecognised'
  | EmailFailure
  | PhoneFailure
  | WhatsAppFailure
  | LinkedInFailure;

/** An identifier with its kind, or why a text is none. */
export type IdentifierResult =
  | { ok: true; kind: IdentifierKind; key: string; loose: string }
  | { ok: false; reason: IdentifierFailure };

/** How to read an identifier. */
export interface ReadOptions {
  /** ISO code of the country whose national phone numbers are meant, such as `FR`. */
  defaultCountry?: string | null;
}

const textCharsMax = 2_048;
const linkedIn =
  /^(?:urn(?::|%3a)li|linked\s?in\s?:|A(?:C[ow]|E[A-Z])AA)|(?:^|[/.])(?:linkedin\.(?:com|cn)|lnkd\.in)(?:[/?#:.]|$)/i;
const whatsApp =
  /^whatsapp:|@(?:s\.whatsapp\.net|c\.us|g\.us|lid|hosted|hosted\.lid|broadcast|newsletter|bot|call)$|^(?:https?:\/\/)?(?:wa\.me|(?:api|web|www)\.whatsapp\.com)\//i;
const businessScopedId = /^(?:[^\s:?#]+\/)?[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Reads one identifier of unknown kind. */
export function readIdentifier(text: string, options: ReadOptions = {}): IdentifierResult {
  if (text.length > textCharsMax) return { ok: false, reason: 'too_long' };
  const seen = visibleText(text);
  if (seen === '') return { ok: false, reason: 'empty' };
  if (whatsApp.test(seen) || businessScopedId.test(seen)) return normalizeWhatsApp(seen);
  if (seen.includes('@') && !/^https?:\/\//i.test(seen)) return withKind('email', normalizeEmail(seen));
  if (linkedIn.test(seen)) return normalizeLinkedIn(seen);
  if (!/\p{Nd}/u.test(seen)) return { ok: false, reason: 'unrecognised' };
  const number = normalizePhone(seen, options);
  if (!number.ok && number.reason === 'not_a_number') return { ok: false, reason: 'unrecognised' };
  return withKind('phone', number);
}

function withKind(
  kind: IdentifierKind,
  result: { ok: true; key: string; loose: string } | { ok: false; reason: IdentifierFailure },
): IdentifierResult {
  return result.ok ? { ok: true, kind, key: result.key, loose: result.loose } : result;
}
