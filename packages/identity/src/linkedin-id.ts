/*
 * LinkedIn's ids of a person, as they stand in URLs, URNs and payloads.
 *
 * One person has a number (`urn:li:member:N`) and an opaque, case-sensitive id per product: ACo… in LinkedIn itself,
 * ACw… in Sales Navigator, AEM… in Recruiter. An id whose case was folded cannot be restored.
 */

/** What a LinkedIn identifier is. */
export type LinkedInKind =
  | 'linkedin_member'
  | 'linkedin_profile'
  | 'linkedin_public'
  | 'linkedin_sales'
  | 'linkedin_recruiter';

/** What an id names, or why it names nobody. */
export type LinkedInId = { kind: LinkedInKind; key: string } | 'damaged_id' | 'not_a_person';

const opaqueKinds: readonly [RegExp, LinkedInKind][] = [
  [/^ACoAA[A-Za-z0-9_-]{9,80}$/, 'linkedin_profile'],
  [/^ACwAA[A-Za-z0-9_-]{9,80}$/, 'linkedin_sales'],
  [/^AE[A-Z]AA[A-Za-z0-9_-]{9,80}$/, 'linkedin_recruiter'],
];
// What is left of an opaque id when its case was folded or its end is lost. No name is written so.
const damaged = /^ac[ow]aa[a-z0-9_-]*$|^aemaa[a-z0-9_-]{15,}$/i;
const memberNumber = /^[1-9]\d{0,15}$/;
const slugCharsMax = 150;
// Slugs are letters, digits and hyphens; those LinkedIn made from names also have emoji, dots, marks and apostrophes.
const slug = /^[^\s\p{Cc}\p{Cs}\p{Co}/\\?#%<>"@:;,|{}[\]()\ufffd]+$/u;

/** The kind of an opaque id with its case intact, or null. */
export function opaqueId(text: string): LinkedInId | null {
  for (const [form, kind] of opaqueKinds) if (form.test(text)) return { kind, key: text };
  return damaged.test(text) ? 'damaged_id' : null;
}

/** A numeric member id as its URN. */
export function memberId(digits: string): LinkedInId {
  return memberNumber.test(digits)
    ? { kind: 'linkedin_member', key: `urn:li:member:${digits}` }
    : 'not_a_person';
}

/** A public slug: lower-case, NFC, percent-decoded by the caller. */
export function publicSlug(text: string): LinkedInId {
  const folded = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[.!*'’”»]+$/u, '');
  if (text.includes('\ufffd') || text.includes('%') || damaged.test(folded)) return 'damaged_id';
  const isSlug =
    folded.length <= slugCharsMax && slug.test(folded) && folded !== 'me' && folded !== 'unavailable';
  return isSlug ? { kind: 'linkedin_public', key: folded } : 'not_a_person';
}

/**
 * The member's number that an opaque id suggests, as its URN; null when it suggests none. Bytes 4 to 7 of the decoded
 * id look like that number: seen in every sample, documented nowhere, so it may suggest and never link.
 */
export function suggestedMember(opaque: string): string | null {
  if (typeof opaqueId(opaque) !== 'object') return null;
  const bytes = Buffer.from(opaque.slice(0, 12), 'base64url');
  if (bytes.length < 8 || bytes.readUInt16BE(2) !== 0) return null;
  const number = bytes.readUInt32BE(4);
  return number === 0 ? null : `urn:li:member:${number}`;
}
