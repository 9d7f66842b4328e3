/*
 * LinkedIn identities in every form that people, CRMs and providers write them: profile URLs, URNs, opaque ids.
 *
 * Each kind has its own key, and no two kinds are compared: that they are one person is learnt from a payload that
 * names both. A bare word is a name as likely as a slug, so only a field declared as LinkedIn may hold one.
 */
import {
  type LinkedInId,
  type LinkedInKind,
  memberId,
  opaqueId,
  publicSlug,
  suggestedMember,
} from './linkedin-id.ts';
import { decodeSegment, type LinkedInPage, pageOf, urlOf } from './linkedin-url.ts';
import { visibleText } from './visible-text.ts';

export { type LinkedInKind } from './linkedin-id.ts';

/** Why a text names nobody on LinkedIn; `damaged_id` is an opaque id whose case was folded or whose end is lost. */
export type LinkedInFailure =
  | 'empty'
  | 'too_long'
  | 'not_linkedin'
  | 'bare_slug'
  | 'damaged_id'
  | 'company'
  | 'legacy_url'
  | 'not_a_person';

/**
 * A LinkedIn identity. Keys: a member `urn:li:member:N`; a public slug in lower case, decoded; opaque ids as they are.
 * The loose key of an opaque id is the member it suggests, of the others the key.
 */
export type LinkedInResult =
  | { ok: true; kind: LinkedInKind; key: string; loose: string }
  | { ok: false; reason: LinkedInFailure };

/** How to read a LinkedIn identity. */
export interface LinkedInOptions {
  /** The field is declared as LinkedIn, so that a bare slug and a bare member number are accepted. */
  declared?: boolean;
}

const textCharsMax = 2_048;

/** Normalises one LinkedIn identity. */
export function normalizeLinkedIn(text: string, options: LinkedInOptions = {}): LinkedInResult {
  if (text.length > textCharsMax) return { ok: false, reason: 'too_long' };
  const seen = visibleText(text)
    .replace(/^linked\s?in\s?[:\-–]\s*/i, '')
    .replace(/^<(.*)>$/, '$1');
  if (seen === '') return { ok: false, reason: 'empty' };
  const page = readUrn(seen) ?? readUrl(seen) ?? readBare(seen, options.declared === true);
  if (typeof page === 'string') return { ok: false, reason: page };
  return { ok: true, ...page, loose: looseLinkedIn(page.key) };
}

/** The loose key of a LinkedIn key: for an opaque id the member it suggests, else the key itself. */
export function looseLinkedIn(key: string): string {
  return suggestedMember(key) ?? key;
}

const companyUrn = /(?:company|organization|school|showcase)/i;
const personUrn = /^(?:member|person|fsd?_\w*profile\w*|ts_\w*profile\w*|\w*(?:member|participant)\w*)$/i;

/** `urn:li:member:42`, `urn:li:fsd_profile:ACo…`, `urn:li:fs_salesProfile:(ACw…,NAME_SEARCH,abcd)`. */
function readUrn(text: string): LinkedInPage | null {
  const urn = /^urn%3a/i.test(text) ? (decodeSegment(text) ?? text) : text;
  const [, type, rest = ''] = /^urn:li:([a-z_]{1,60}):(.*)$/is.exec(urn) ?? [];
  if (type === undefined) return /^urn:li\b/i.test(urn) ? 'not_a_person' : null;
  if (companyUrn.test(type)) return 'company';
  if (!personUrn.test(type)) return 'not_a_person';
  // A participant's URN holds the member's: `urn:li:msg_messagingParticipant:urn:li:fsd_profile:ACo…`.
  const inner = /(?<=^\(?)urn:li:.*$|(?<=,)(?:urn:li:.*|AC[ow]AA[\w-]*)(?=\)$)/s.exec(rest)?.[0];
  if (inner !== undefined) return inner.startsWith('urn:') ? readUrn(inner) : opaqueOr(inner);
  const [id = ''] = rest.replace(/^\(/, '').split(/[,)]/, 1);
  return type.toLowerCase() === 'person' ? readPerson(id) : opaqueOr(id);
}

function opaqueOr(id: string): LinkedInId {
  return opaqueId(id) ?? memberId(id);
}

/** In LinkedIn's official API a person's id is the application's own, recognisable only with its URN. */
function readPerson(id: string): LinkedInId {
  const known = opaqueOr(id);
  if (known !== 'not_a_person') return known;
  if (!/^[\w-]{6,60}$/.test(id)) return 'not_a_person';
  return { kind: 'linkedin_profile', key: `urn:li:person:${id}` };
}

function readUrl(text: string): LinkedInPage | null {
  const url = urlOf(text);
  if (url === null) return /:\/\//.test(text) ? 'not_linkedin' : null;
  const page = pageOf(url);
  // The wall in front of a profile names it: `/authwall?…&sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2F…`.
  const behind = page === 'not_a_person' ? redirectOf(url) : null;
  return behind === null ? page : pageOf(behind);
}

function redirectOf(url: URL): URL | null {
  const { searchParams } = url;
  const target = searchParams.get('sessionRedirect') ?? searchParams.get('session_redirect');
  if (target === null) return null;
  return urlOf(target.startsWith('/') ? `https://www.linkedin.com${target}` : target);
}

function readBare(text: string, isDeclared: boolean): LinkedInPage | 'bare_slug' {
  const id = opaqueId(text);
  if (id !== null) return id;
  const bare = text.replace(/^(?:\/?in\/|@)|\/$/gi, '');
  if (isDeclared && /^\d+$/.test(bare)) return memberId(bare);
  if (isDeclared && bare !== text) return opaqueId(bare) ?? readSlug(bare);
  if (!/^[\p{L}\p{M}\p{N}%_-]{2,150}$/u.test(bare) || bare !== text) return 'not_linkedin';
  return isDeclared ? readSlug(bare) : 'bare_slug';
}

function readSlug(text: string): LinkedInId {
  const decoded = decodeSegment(text);
  return decoded === null ? 'damaged_id' : publicSlug(decoded);
}
