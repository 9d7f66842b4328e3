/*
 * Mailing lists and groups, by the headers they put on what passes through them (RFC 2369, RFC 2919, and what
 * Mailman, ezmlm, Google Groups and the kernel's list servers write besides).
 *
 * A list's address is nobody: everybody who reads the list would be found behind it. It is recognised where the list
 * names it, and where it is the list's own id with an "@": `<dev.lists.example>` is `dev@lists.example`. A list's
 * owner or a newsletter's publisher is a person and stays one.
 */
import { normalizeEmail } from '@kith/identity';
import { keywordOf } from './header-text.ts';
import { headerValues, type MailHeader } from './mail-fields.ts';

/** The list or group that a mail came through. */
export interface MailingList {
  /** People write to it. Without, it may be a newsletter that only names itself. */
  isDiscussion: boolean;
  /** Whether a normalised address is the list's: its posting address or one of its machinery (`dev-bounces@`). */
  owns(address: string): boolean;
}

const postingHeaders = ['list-post', 'x-mailing-list', 'mailing-list', 'x-beenthere'];
const groupHeaders = [...postingHeaders, 'x-mailman-version', 'x-google-group-id'];
const valueCharsMax = 2_000;
const anyAddress = /[^\s<>,;:"()?]+@[^\s<>,;:"()?]+/g;

/** The list that the mail came through, or null. */
export function mailingListOf(headers: readonly MailHeader[]): MailingList | null {
  const ids = valuesOf(headers, ['list-id']);
  const isDiscussion =
    valuesOf(headers, groupHeaders).length > 0 ||
    valuesOf(headers, ['precedence', 'x-precedence']).some((value) => keywordOf(value) === 'list');
  if (ids.length === 0 && !isDiscussion) return null;
  const posting = postingAddresses(headers);
  const dotted = new Set(ids.flatMap(listIdIn));
  const isPosting = (address: string): boolean => posting.has(address) || dotted.has(withDot(address));
  return { isDiscussion, owns: (address) => isPosting(address) || isPosting(withoutMachinery(address)) };
}

/** `List-Post: NO` says that nobody may write to the list (RFC 2369 §3.4). */
function valuesOf(headers: readonly MailHeader[], names: readonly string[]): string[] {
  return names
    .flatMap((name) => headerValues(headers, name))
    .map((value) => value.slice(0, valueCharsMax))
    .filter((value) => value.trim() !== '' && !(keywordOf(value) === 'no'));
}

function postingAddresses(headers: readonly MailHeader[]): Set<string> {
  const delivered = headerValues(headers, 'delivered-to').filter((value) => /^mailing list /i.test(value));
  const written = [...valuesOf(headers, postingHeaders), ...delivered].flatMap((value) =>
    // "list sales@acme.example; contact sales+owners@acme.example": who is contacted may be a person.
    addressesIn(value.replace(/;\s*contact\s.*$/is, '').replace(/^\s*contact\s.*$/is, '')),
  );
  return new Set(written);
}

function addressesIn(value: string): string[] {
  return [...value.matchAll(anyAddress)].flatMap(([written]) => {
    const address = normalizeEmail(written);
    return address.ok ? [address.key] : [];
  });
}

function listIdIn(value: string): string[] {
  const bracketed = value.slice(value.lastIndexOf('<') + 1).split('>', 1)[0] ?? '';
  const id = bracketed.trim().toLowerCase().replace(/\.$/, '');
  return /^\S+\.\S+$/.test(id) ? [withDot(id)] : [];
}

function withDot(address: string): string {
  return address.replace('@', '.');
}

const machinery = /[-+](?:bounces?|owners?|request|return|bnc[a-z0-9]{8,})(?:[-+=].*)?$/;

function withoutMachinery(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/^owner-/, '');
  return `${local.replace(machinery, '')}${address.slice(at)}`;
}
