/*
 * Mail whose provider has taken it apart: its fields written back as the header they came from, so that all mail is
 * read in one way, and its body as text or HTML, which some providers put into one field.
 */
import type { MailFields, MailHeader } from './mail-fields.ts';

/** Somebody as a provider has parsed them. */
export interface ParsedMailbox {
  name: string | null;
  address: string | null;
}

/** The mailboxes as they stand in a header field; null where there is none. */
export function writtenMailboxes(mailboxes: readonly ParsedMailbox[]): string | null {
  const written = mailboxes.flatMap(({ name, address }) => {
    const bare = (address ?? '').replace(/[\s<>]/g, '');
    return bare === '' ? [] : [`"${(name ?? '').replace(/["\\]/g, '\\$&')}" <${bare}>`];
  });
  return written.length === 0 ? null : written.join(', ');
}

/** The fields that were parsed, then those of the header that the provider gives besides and that were not. */
export function writtenHeaders(
  parsed: readonly (readonly [name: string, value: string | null])[],
  given: readonly ParsedHeader[],
): MailHeader[] {
  const written = parsed.flatMap(([name, value]) =>
    value === null ? [] : [{ name, value: unfolded(value) }],
  );
  const names = new Set(written.map(({ name }) => name));
  const left = given.flatMap(({ name, value }) => {
    const key = (name ?? '').trim().toLowerCase();
    return key === '' || names.has(key) ? [] : [{ name: key, value: unfolded(value ?? '') }];
  });
  return [...written, ...left];
}

/** A header field as a provider lists it. */
export interface ParsedHeader {
  name: string | null;
  value: string | null;
}

/** Whether a field of this name (lower case) is among them. */
export function hasHeader(given: readonly ParsedHeader[], name: string): boolean {
  return given.some((header) => header.name?.trim().toLowerCase() === name);
}

function unfolded(value: string): string {
  return value.replace(/\r?\n[ \t]*/g, ' ');
}

const tags =
  'html|head|body|div|p|br|span|table|a|b|i|u|ul|ol|li|font|img|pre|blockquote|h[1-6]|meta|style|strong|em|center|hr';
const htmlSign = new RegExp(`<(?:(?:${tags})[\\s/>]|!doctype|!--)|&(?:[a-z]{2,8}|#\\d{1,7});`, 'i');

/** A body of which its provider does not say whether it is HTML: text is no HTML that lost its lines. */
export function writtenBody(body: string | null): Pick<MailFields, 'text' | 'html'> {
  const isHtml = htmlSign.test(body ?? '');
  return { text: isHtml ? null : body, html: isHtml ? body : null };
}
