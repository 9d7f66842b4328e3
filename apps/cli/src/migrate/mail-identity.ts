/*
 * The identity of a mail that the email service gives it, for the mails of a table: from Message-ID, author, date,
 * subject and the letters of the text, so that a mail that comes by its provider as well is one message.
 *
 * A table tells nothing of a mail's files. A mail that had some, or whose text the old system changed, is a message of
 * its own in the thread of its copy, which the Message-ID still says.
 */
import { createHash } from 'node:crypto';

/** What of a mail makes its identity. */
export interface MailIdentity {
  /** Its Message-ID, normalised. */
  ownId: string;
  /** The author's address, or nothing. */
  author: string;
  /** The time that its author claims. */
  claimedAt: string;
  subject: string;
  text: string;
}

const comparedChars = 2_000;
const idBytesMax = 255;

/** The external id of a mail without files. */
export function mailExternalId({ ownId, author, claimedAt, subject, text }: MailIdentity): string {
  const compared = digest('hex', lettersOf(text));
  return digest('base64url', JSON.stringify([ownId, author, claimedAt, subject, compared, []]));
}

/** Whether two texts begin with the same words. */
export const isSameText = (one: string, other: string): boolean => lettersOf(one) === lettersOf(other);

/** Every Message-ID in a text, without brackets and white space, without repeats; a very long one as its hash. */
export function messageIdsIn(text: string): string[] {
  const words = text.includes('<')
    ? [...text.matchAll(/<([^<>]*)>/g)].map(([, id = '']) => id)
    : text.split(/[\s,;]+/);
  return [...new Set(words.map(normalised).filter((id) => id.includes('@')))];
}

function normalised(written: string): string {
  const id = written.replace(/[\s\p{Cc}<>]+/gu, '');
  return Buffer.byteLength(id) <= idBytesMax ? id : `sha256:${digest('hex', id)}`;
}

/** The first letters and digits: what stays when a relay wraps lines, adds quotes or changes spaces. */
function lettersOf(text: string): string {
  const letters: string[] = [];
  for (const [letter] of text.normalize('NFC').matchAll(/[\p{L}\p{N}]/gu)) {
    letters.push(letter);
    if (letters.length === comparedChars) break;
  }
  return letters.join('');
}

function digest(encoding: 'hex' | 'base64url', text: string): string {
  return createHash('sha256').update(text).digest(encoding);
}
