/*
 * The ids by which mails refer to each other (RFC 5322 §3.6.4; RFC 5256 for what to make of broken ones).
 *
 * An id is the text between angle brackets, without white space, its case kept. The first id of the result is the
 * message's own; threads are the connected components over them.
 */
import { createHash } from 'node:crypto';
import { decodeWords } from 'postal-mime';
import { withoutComments } from './header-text.ts';
import { headerValues, type MailFields } from './mail-fields.ts';

const bracketed = /<([^<>]*)>/g;
const notInIds = /[\s<>,;()"]+/;
const idBytesMax = 255;
/** A reference list beyond `referencesMax` keeps its root and its recent past. */
const referencesMax = 150;
const referencesKept = { first: 10, last: 100 };

/** The second is what a rule of Exchange answers; its mails often have no other reference. */
const parentHeaders = ['in-reply-to', 'x-ms-exchange-parent-message-id'];

/** The message's own id as its sender gave it, or null. */
export function ownMessageId(fields: MailFields): string | null {
  for (const value of headerValues(fields.headers, 'message-id')) {
    const [id = normaliseId(withoutComments(value))] = idsIn(value);
    if (id !== '') return id;
  }
  return null;
}

/**
 * Every id that the message refers to, without repeats and without its own. `reported` are those of the mail that a
 * bounce or a read receipt reports on, which it carries in its parts.
 */
export function referencedIds(
  { headers }: Pick<MailFields, 'headers'>,
  { ownId, reported }: { ownId: string; reported: readonly string[] },
): string[] {
  const references = headerValues(headers, 'references').flatMap(idsIn);
  // Only the first: further ids there are other mails that happened to be quoted (RFC 5256 §3).
  const parents = parentHeaders.flatMap((name) => headerValues(headers, name).flatMap(idsIn).slice(0, 1));
  const ids = [...new Set([...references, ...parents, ...reported])].filter((id) => id !== ownId);
  if (ids.length <= referencesMax) return ids;
  return [...ids.slice(0, referencesKept.first), ...ids.slice(-referencesKept.last)];
}

/** The ids written in one header value: those in brackets, or where there are none, bare ones. */
export function idsIn(value: string): string[] {
  const text = value.includes('=?') ? decodeWords(value) : value;
  const inBrackets = [...text.matchAll(bracketed)].map(([, id = '']) => normaliseId(id));
  const found = inBrackets.filter((id) => id !== '');
  if (found.length > 0) return found;
  return withoutComments(text).split(notInIds).filter(isBareId).map(normaliseId);
}

function isBareId(word: string): boolean {
  const at = word.indexOf('@', 1);
  return at > 0 && at < word.length - 1;
}

/** An id without white space and brackets; one that is too long to be an index key becomes its hash. */
export function normaliseId(written: string): string {
  const id = written.replace(/[\s\p{Cc}<>]+/gu, '');
  if (Buffer.byteLength(id) <= idBytesMax) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}
