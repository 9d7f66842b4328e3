/*
 * Email addresses inside free text. Goes from one `@` to the next and outwards from each, so the work is bounded by
 * the number of `@` times the longest address.
 */
import { emailDomain, normalizeEmail } from './email.ts';
import type { FoundIdentifier } from './find.ts';

const sideCharsMax = 254;
const candidatesMax = 300;
// Narrower than what an address may be: in a text, "/", "=" and quotes are mostly somebody else's.
const localEnd = /[\p{Script=Latin}\p{M}\d._%+'’-]+$/u;
const domainStart = /^[\p{Script=Latin}\p{M}\d-]+(?:[.。][\p{Script=Latin}\p{M}\d-]+)+/u;
// Addresses of other scripts, only where they are not glued to Latin ones.
const anyLocalEnd = /[\p{L}\p{M}\d._+-]+$/u;
const anyDomainStart = /^[\p{L}\p{M}\d-]+(?:[.。][\p{L}\p{M}\d-]+)+/u;

// WhatsApp's ids have the form of addresses.
const whatsAppServers = new Set(['s.whatsapp.net', 'c.us', 'g.us']);

/** Finds addresses with a domain of two labels or more, outside URLs. */
export function findEmails(text: string): FoundIdentifier[] {
  const found: FoundIdentifier[] = [];
  let at = nextAt(text, 0);
  for (let count = 0; at >= 0 && count < candidatesMax; count += 1) {
    const address = addressAround(text, at);
    if (address !== null) found.push(address);
    at = nextAt(text, at + 1);
  }
  return found;
}

function nextAt(text: string, from: number): number {
  const plain = text.indexOf('@', from);
  const wide = text.indexOf('＠', from);
  return plain < 0 || wide < 0 ? Math.max(plain, wide) : Math.min(plain, wide);
}

function addressAround(text: string, at: number): FoundIdentifier | null {
  const before = text.slice(Math.max(0, at - sideCharsMax), at);
  const after = text.slice(at + 1, at + 1 + sideCharsMax);
  const local = (localEnd.exec(before) ?? anyLocalEnd.exec(before))?.[0].replace(/^[.'’_-]+/, '') ?? '';
  const domain = (domainStart.exec(after) ?? anyDomainStart.exec(after))?.[0].replace(/[-.]+$/, '') ?? '';
  if (local === '' || domain === '' || isInsideUrl(before)) return null;
  const written = `${local}${text.charAt(at)}${domain}`;
  const address = normalizeEmail(written);
  if (address.ok && whatsAppServers.has(emailDomain(address.key))) return null;
  // The last label of a name is letters; `3.50@2.1` is arithmetic.
  if (!address.ok || !/\.(?:xn--[a-z0-9-]+|[a-z]{2,})$/.test(emailDomain(address.key))) return null;
  return { kind: 'email', key: address.key, loose: address.loose, written, at: at - local.length };
}

/** A URL's `@` is a user's name, a handle or a parameter: `https://social.example/@ana`, `?to=ana@lima.example`. */
function isInsideUrl(before: string): boolean {
  const word = /\S*$/.exec(before.slice(-200))?.[0] ?? '';
  return word.includes('://') || /\/@?[^/]*$/.test(word);
}
