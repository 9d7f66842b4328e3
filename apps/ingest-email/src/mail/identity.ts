/*
 * What makes two copies of a mail one message: what it says of itself, never how it came. The copy in a second mailbox,
 * or through another provider, is the same message; a sender that uses one Message-ID for two texts wrote two, which
 * share a thread.
 *
 * Counted is only what every provider gives alike. Some give a text and HTML, some only the HTML, or HTML that they
 * made of the text: so the letters that the HTML shows count, where there is any. Some keep the files for themselves,
 * leave out pictures that the text shows, invitations and signatures, or write names in their own way: so of a mail
 * that has a Message-ID only the names of ordinary files count, and of those the ASCII letters and digits. A mail
 * without one is made out by the contents of its files, because scanners post many that differ in nothing else.
 */
import { createHash } from 'node:crypto';
import { decodeWords } from 'postal-mime';
import type { MailFields, MailFile } from './mail-fields.ts';

/** What a mail says of itself. `shown` is the text that its HTML shows, or its text where that shows nothing. */
export interface MailIdentity {
  /** As its sender gave it. */
  messageId: string | null;
  author: string;
  claimedAt: string;
  subject: string;
  text: string;
  shown: string;
  files: MailFields['files'];
}

const comparedChars = 2_000;
const synthesisedChars = 1_000;

/** The mail's own id, which is made where its sender gave none, and the message's. */
export function identify(mail: MailIdentity): { ownId: string; externalId: string } {
  const { messageId, author, claimedAt, subject } = mail;
  const ownId = messageId ?? synthesisedId(mail);
  const letters = digest('hex', lettersOf(messageId === null ? mail.text : mail.shown, comparedChars));
  const files = messageId === null ? contentsOf(mail.files) : namesOf(mail.files);
  const externalId = digest('base64url', JSON.stringify([ownId, author, claimedAt, subject, letters, files]));
  return { ownId, externalId };
}

/** The same mail gets the same id everywhere. */
function synthesisedId({ author, claimedAt, subject, text, files }: MailIdentity): string {
  const begins = lettersOf(text, synthesisedChars);
  const compared = [author, claimedAt, subject, begins, contentsOf(files)];
  return `sha256:${digest('hex', JSON.stringify(compared))}`;
}

/**
 * The files by their content, in any order; one that is still to be fetched by its name and size. Relays rewrite the
 * line ends of text, and what separates a part from the next line of the mail may count as one more, so line ends count
 * neither inside nor at the end.
 */
function contentsOf(files: MailFields['files']): string[] {
  const isText = (type: string | null) => /^(text|message)\//i.test(type ?? '');
  return files
    .map((file) => {
      if ('media' in file) return `remote:${digest('hex', JSON.stringify([file.name, file.media.size]))}`;
      return digest('hex', isText(file.type) ? withoutLineEnds(file.bytes) : file.bytes);
    })
    .toSorted();
}

function withoutLineEnds(bytes: Uint8Array): Uint8Array {
  const lines = bytes.filter((byte) => byte !== 13);
  return lines.subarray(0, lines.findLastIndex((byte) => byte !== 10) + 1);
}

/**
 * What some providers list among the files and others do not: pictures, invitations, mails and reports in the mail,
 * signatures, and Outlook's wrapping around files, which Exchange opens.
 */
const unevenTypes =
  /^(?:image\/|message\/|multipart\/|text\/(?:calendar|rfc822-headers)|application\/(?:ics|ms-tnef|vnd\.ms-tnef|(?:x-)?pkcs7|pgp-))/i;
const unevenNames =
  /\.(?:apng|asc|avif|bmp|emf|eml|gif|heic|ico|ics|jfif|jpe?g|p7[cms]|png|sig|svg|tiff?|webp|wmz?f?)$/i;
const wrapping = /^winmail\.dat$/i;
const nameCharsMax = 60;

/** The names of ordinary files in a form that survives every encoding, in any order. */
function namesOf(files: readonly MailFile[]): string[] {
  const names = files.flatMap(({ name, type }) => {
    const written = decodeWords(name ?? '').trim();
    const isUneven =
      unevenTypes.test(type?.trim() ?? '') || unevenNames.test(written) || wrapping.test(written);
    return written === '' || isUneven ? [] : [plainNameOf(written)];
  });
  return names.toSorted();
}

function plainNameOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, nameCharsMax);
}

/** The first letters and digits: what stays when a relay wraps lines, adds quotes or changes spaces. */
function lettersOf(text: string, count: number): string {
  const letters: string[] = [];
  for (const [letter] of text.normalize('NFC').matchAll(/[\p{L}\p{N}]/gu)) {
    letters.push(letter);
    if (letters.length === count) break;
  }
  return letters.join('');
}

function digest(encoding: 'hex' | 'base64url', bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest(encoding);
}
