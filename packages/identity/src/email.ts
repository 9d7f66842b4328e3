/*
 * Email addresses: the exact key that may link, and the loose key that may only suggest.
 *
 * The key is the address as written, case-folded whole (RFC 5321 allows case in the local part, no provider uses
 * it), NFC-normalised, its domain as A-labels. Plus tags and dots stay in the key: they can be other people's
 * addresses. Total: any text in, a result or a reason out, never a throw.
 */

/** A normalised address, or why a text is none. */
export type EmailResult = { ok: true; key: string; loose: string } | { ok: false; reason: EmailFailure };

/** Why a text is not an email address. */
export type EmailFailure = 'empty' | 'no_at_sign' | 'bad_local_part' | 'bad_domain' | 'too_long';

const addressCharsMax = 254;
const localBytesMax = 64;
// RFC 5322 "atext" with dots, and everything beyond ASCII (RFC 6531); consecutive dots exist in real addresses.
const localPart = /^[\w!#$%&'*+/=?^`{|}~.\u0080-\u{10FFFF}-]+$/u;
const whitespaceOrControl = /[\s\p{Cc}\p{Cf}]/u;
const gmailDomains = new Set(['gmail.com', 'googlemail.com']);

/** Normalises one address, with or without angle brackets or a `mailto:` before it. */
export function normalizeEmail(text: string): EmailResult {
  const bare = unwrap(text);
  if (bare === '') return { ok: false, reason: 'empty' };
  const at = bare.lastIndexOf('@');
  if (at < 0) return { ok: false, reason: 'no_at_sign' };
  const local = foldLocal(bare.slice(0, at));
  if (local === null) return { ok: false, reason: 'bad_local_part' };
  const domain = foldDomain(bare.slice(at + 1));
  if (domain === null) return { ok: false, reason: 'bad_domain' };
  const key = `${local}@${domain}`;
  if (key.length > addressCharsMax) return { ok: false, reason: 'too_long' };
  return { ok: true, key, loose: looseKey(local, domain) };
}

function unwrap(text: string): string {
  // A megabyte of text is no address; the scans below must stay in microseconds.
  if (text.length > 4 * addressCharsMax) return text.slice(0, 4 * addressCharsMax).replaceAll('@', ' ');
  // A comment after the address (RFC 5322 §3.2.2) is no part of it.
  let bare = text.trim().replace(/\s*\([^()]*\)$/, '');
  if (bare.startsWith('<') && bare.endsWith('>')) bare = bare.slice(1, -1).trim();
  return bare.replace(/^mailto:/i, '');
}

function foldLocal(raw: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(raw);
  const local = (quoted === null ? raw : (quoted[1] ?? '').replace(/\\(.)/g, '$1'))
    .normalize('NFC')
    .toLowerCase();
  if (local === '' || !localPart.test(local) || whitespaceOrControl.test(local)) return null;
  return new TextEncoder().encode(local).length > localBytesMax ? null : local;
}

/** An address literal (RFC 5321 §4.1.3) names a host by its number. */
const ipv4Literal = /^\[(\d{1,3}\.){3}\d{1,3}\]$/;

function foldDomain(raw: string): string | null {
  if (ipv4Literal.test(raw)) return raw;
  const written = raw.replace(/\.$/, '');
  if (written === '' || /[\s/?#@:\\%]/.test(written)) return null;
  try {
    // The URL parser is UTS 46 in every runtime; it would also turn "1" into an IPv4 address, hence the last test.
    const domain = new URL(`http://${written}`).hostname;
    return isHostName(domain) ? domain : null;
  } catch {
    return null;
  }
}

function isHostName(domain: string): boolean {
  if (domain.length > 253 || /^[\d.]+$/.test(domain)) return false;
  return domain.split('.').every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
}

function looseKey(local: string, domain: string): string {
  const plain = local.replace(/(?<=.)\+.*$/, '');
  if (!gmailDomains.has(domain)) return `${plain}@${domain}`;
  return `${plain.replaceAll('.', '')}@gmail.com`;
}
