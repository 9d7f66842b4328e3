/*
 * LinkedIn's URLs: which of them are a person's page, and whose.
 *
 * The host decides first: `evil-linkedin.com`, `linkedin.com.evil.io` and `linkedin.com@evil.io` are not LinkedIn. A
 * tracking parameter, a locale or a section after the name is no part of it.
 */
import { type LinkedInId, memberId, opaqueId, publicSlug } from './linkedin-id.ts';

/** Whose page a URL is, or why it is nobody's. */
export type LinkedInPage = LinkedInId | 'not_linkedin' | 'company' | 'legacy_url';

const written = /^(?:\/\/)?(?:[a-z0-9-]{1,63}\.){0,4}(?:linkedin\.(?:com|cn)|lnkd\.in)\.?(?=[/?#:]|$)/i;

/** The URL that a text is, with or without its scheme; null when it is none. */
export function urlOf(text: string): URL | null {
  // A CRM that puts `http://` before what has it already makes `http://https://…`.
  const once = text.replace(/^(?:https?:\/+)+(?=https?:)/i, '');
  const isUrl = /^https?:/i.test(once);
  if (!isUrl && !written.test(once)) return null;
  try {
    return new URL(isUrl ? once : `https://${once.replace(/^\/\//, '')}`);
  } catch {
    return null;
  }
}

/** Reads the page that a URL names. */
export function pageOf(url: URL): LinkedInPage {
  const host = url.hostname.replace(/\.$/, '');
  // Nobody writes a LinkedIn page with a user's name before the host, except to deceive.
  if (url.username !== '' || url.password !== '') return 'not_linkedin';
  if (host === 'lnkd.in') return 'not_a_person';
  if (!/(?:^|\.)linkedin\.(?:com|cn)$/.test(host)) return 'not_linkedin';
  return pageAt(segmentsOf(url.pathname), url.searchParams);
}

// Before the page's own path: the mobile site, links in LinkedIn's mails, China's site, and locales.
const prefix = /^(?:mwlite|m|comm|incareer|touch|[a-z]{2}-[a-z]{2})$/i;

function pageAt(path: readonly string[], query: URLSearchParams): LinkedInPage {
  const [first = '', second = '', ...rest] = prefix.test(path[0] ?? '') ? path.slice(1) : path;
  const area = first.toLowerCase();
  const section = second.toLowerCase();
  switch (area) {
    case 'in':
      return second === '' ? 'not_a_person' : nameOf(second);
    case 'pub':
      return section === '' || section === 'dir' ? 'not_a_person' : 'legacy_url';
    case 'profile':
      if (section === 'in') return nameOf(rest[0] ?? '');
      return section === 'view' ? idOf(query.get('id') ?? '') : 'not_a_person';
    case 'sales':
      if (section === 'company') return 'company';
      return /^(?:lead|people|profile)$/.test(section) ? idOf(rest[0] ?? '') : 'not_a_person';
    case 'talent':
    case 'recruiter':
      return idOf(afterProfile([second, ...rest]));
    case 'company':
    case 'school':
    case 'showcase':
    case 'university':
    case 'organization':
      return 'company';
    default:
      return 'not_a_person';
  }
}

/** What stands after `/in/`: usually a public slug, sometimes an opaque id. */
function nameOf(segment: string): LinkedInPage {
  const name = decodeSegment(segment);
  if (name === null) return 'damaged_id';
  const bare = name.replace(/^[@\s]+|[\s).,;>\]*!'’”»]+$/gu, '');
  return bare === '' ? 'not_a_person' : (opaqueId(bare) ?? publicSlug(bare));
}

/** An id with what a product hangs on it: `ACw…,NAME_SEARCH,abcd`, or a member's number. */
function idOf(segment: string): LinkedInPage {
  const [id = ''] = (decodeSegment(segment) ?? '').trim().split(/[,;)]/, 1);
  return opaqueId(id) ?? memberId(id);
}

/** `/talent/profile/AEM…`, `/talent/hire/4711/discover/applicants/profile/AEM…`. */
function afterProfile(path: readonly string[]): string {
  return path[path.findIndex((segment) => segment.toLowerCase() === 'profile') + 1] ?? '';
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Percent-decoded, also when it was encoded twice or thrice; null where an escape is cut or is not UTF-8. */
export function decodeSegment(segment: string): string | null {
  let decoded = segment;
  try {
    for (let round = 0; round < 3 && decoded.includes('%'); round += 1) decoded = decodeURIComponent(decoded);
  } catch {
    return null;
  }
  return decoded;
}
