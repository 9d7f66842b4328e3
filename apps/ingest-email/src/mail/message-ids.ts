/*
 * The ids by which mails refer to each other (RFC 5322 §3.6.4; RFC 5256 for what to make of broken ones).
 *
 * An id is the text between angle brackets, without white space, its case kept. The first id of the result is the
 * message's own; threads are the connected components over them.
 */
import { createHash } from 'node:crypto';
import { decodeWords } from 'postal-mime';
import { headerValues, type MailFields, type MailFile } from './mail-fields.ts';

const bracketed = /<([^<>]*)>/g;
const bare = /[^\s<>,;()"]+@[^\s<>,;()"]+/g;
const idBytesMax = 255;
/** A reference list beyond `referencesMax` keeps its root and its recent past. */
const referencesMax = 150;
const referencesKept = { first: 10, last: 100 };

/** The message's own id as its sender gave it, or null. */
export function ownMessageId(fields: MailFields): string | null {
  for (const value of headerValues(fields.headers, 'message-id')) {
    const [id = normaliseId(withoutComments(value))] = idsIn(value);
    if (id !== '') return id;
  }
  return null;
}

/** Every id that the message refers to, without repeats and without its own. */
export function referencedIds(fields: MailFields, ownId: string): string[] {
  const references = headerValues(fields.headers, 'references').flatMap(idsIn);
  // Only the first: further ids there are other mails that happened to be quoted (RFC 5256 §3).
  const [replyTo] = headerValues(fields.headers, 'in-reply-to').flatMap(idsIn);
  const all = [...references, ...(replyTo === undefined ? [] : [replyTo]), ...reportedIds(fields)];
  const ids = [...new Set(all)].filter((id) => id !== ownId);
  if (ids.length <= referencesMax) return ids;
  return [...ids.slice(0, referencesKept.first), ...ids.slice(-referencesKept.last)];
}

/** The ids written in one header value: those in brackets, or where there are none, bare ones. */
export function idsIn(value: string): string[] {
  const text = value.includes('=?') ? decodeWords(value) : value;
  const inBrackets = [...text.matchAll(bracketed)].map(([, id = '']) => normaliseId(id));
  const found = inBrackets.filter((id) => id !== '');
  if (found.length > 0) return found;
  return [...withoutComments(text).matchAll(bare)].map(([id]) => normaliseId(id));
}

function normaliseId(written: string): string {
  const id = written.replace(/[\s\p{Cc}<>]+/gu, '');
  if (Buffer.byteLength(id) <= idBytesMax) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

function withoutComments(value: string): string {
  return value.replace(/\([^()]*\)/g, ' ');
}

/** A bounce or a read receipt belongs to the mail that it reports on, whose id it carries in a part. */
function reportedIds(fields: MailFields): string[] {
  const isReport = headerValues(fields.headers, 'content-type').some((value) =>
    /^\s*multipart\/report\b/i.test(value),
  );
  return isReport ? fields.files.flatMap(idsOfReportPart) : [];
}

const embeddedTypes = /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)\b/i;
const receiptTypes = /^message\/(disposition-notification|global-disposition-notification)\b/i;
const headBytesMax = 64 * 1024;

function idsOfReportPart(file: MailFile): string[] {
  const type = file.type ?? '';
  const field = embeddedTypes.test(type)
    ? 'message-id'
    : receiptTypes.test(type)
      ? 'original-message-id'
      : null;
  if (field === null) return [];
  const text = Buffer.from(file.bytes.subarray(0, headBytesMax)).toString('utf8').trimStart();
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const line = new RegExp(`^${field}[ \\t]*:(.*)$`, 'im').exec(head.replace(/\r?\n[ \t]+/g, ' '));
  return idsIn(line?.[1] ?? '').slice(0, 1);
}
