/*
 * Email addresses: the exact key that may link, and the loose key that may only suggest.
 *
 * The key is the address as written, case-folded whole (RFC 5321 allows case in the local part, no provider uses
 * it), NFC-normalised, its domain as A-labels. Plus tags and dots stay in the key: they can be other people's
 * addresses. Total: any text in, a result or a reason out, never a throw.
 */
import { bareAddress } from './email-text.ts';
import { addressLiteral, asciiHost } from './host-name.ts';
import { isDamagedText, withoutStrayJoiners } from './visible-text.ts';

/** A normalised address, or why a text is none. */
export type EmailResult = { ok: true; key: string; loose: string } | { ok: false; reason: EmailFailure };

/** Why a text is not an email address. */
export type EmailFailure = 'empty' | 'no_at_sign' | 'bad_local_part' | 'bad_domain' | 'too_long';

const addressCharsMax = 254;
// Room for a display name before the address; a megabyte of text is no address and is not read.
const textCharsMax = 2_000;
const localBytesMax = 64;
// RFC 5322 "atext" with dots, and everything beyond ASCII (RFC 6531); consecutive dots exist in real addresses.
const dotAtom = /^[\w!#$%&'*+/=?^`{|}~.\u0080-\u{10FFFF}-]+$/u;
const gmailDomains = new Set(['gmail.com', 'googlemail.com']);
// Fastmail delivers `anything@ana.fastmail.com` to `ana@fastmail.com`, under each of its names ("subdomain
// addressing", fastmail.help).
const fastmailUserDomain =
  /^([^.]+)\.((?:fastmail\.(?:com|fm|co\.uk|com\.au|cn|de|es|im|in|jp|mx|net|nl|org|se|to|tw|uk|us))|sent\.com)$/;

/** Normalises one address, bare or with its name, brackets, comment or `mailto:` around it. */
export function normalizeEmail(text: string): EmailResult {
  if (text.length > textCharsMax) return { ok: false, reason: 'too_long' };
  const bare = bareAddress(text);
  if (bare === '') return { ok: false, reason: 'empty' };
  if (bare === null) return { ok: false, reason: 'bad_local_part' };
  const at = bare.lastIndexOf('@');
  if (at < 0) return { ok: false, reason: 'no_at_sign' };
  const local = foldLocal(bare.slice(0, at).trim());
  if (local === null) return { ok: false, reason: 'bad_local_part' };
  const written = bare.slice(at + 1).trim();
  const domain = addressLiteral(written) ?? asciiHost(written);
  if (domain === null) return { ok: false, reason: 'bad_domain' };
  const key = `${local}@${domain}`;
  if (key.length > addressCharsMax) return { ok: false, reason: 'too_long' };
  return { ok: true, key, loose: looseKey(local, domain) };
}

/** The domain of a normalised address: what stands after its last `@`. */
export function emailDomain(key: string): string {
  return key.slice(key.lastIndexOf('@') + 1);
}

function foldLocal(raw: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(raw);
  const folded = (quoted === null ? raw : (quoted[1] ?? '').replace(/\\(.)/g, '$1'))
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC');
  const local = withoutStrayJoiners(folded);
  if (local === '' || isDamagedText(local) || byteLength(local) > localBytesMax) return null;
  if (!/\s/.test(local) && dotAtom.test(local)) return local;
  // Lotus Notes and X.400 gateways write `"Ana Lima/Acme"@acme.example`: only quotes can hold that.
  return quoted === null || /[<>"\\]/.test(local) ? null : `"${local}"`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function looseKey(local: string, domain: string): string {
  const [, user, mailDomain] = fastmailUserDomain.exec(domain) ?? [];
  if (user !== undefined) return `${user}@${mailDomain}`;
  if (local.startsWith('"')) return `${local}@${domain}`;
  const plain = local.replace(/(?<=.)\+.*$/s, '');
  if (!gmailDomains.has(domain)) return `${plain}@${domain}`;
  return `${plain.replaceAll('.', '') || plain}@gmail.com`;
}
