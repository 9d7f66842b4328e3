/*
 * Fields into the message that the resolver stores.
 *
 * `externalId` is made of what a mail says of itself, never of how it came: the copy in a second mailbox, or through
 * another provider, is the same message. A sender that uses one Message-ID for two texts wrote two messages, which
 * share a thread.
 */
import { createHash } from 'node:crypto';
import type { ParsedMessage } from '@kith/ingest/provider';
import { decodeWords } from 'postal-mime';
import { calendarOf } from './calendar.ts';
import { deliveryReportOf } from './delivery-reports.ts';
import { attachmentsOf } from './files.ts';
import { mailingListOf } from './lists.ts';
import { parseMailDate, sentTime } from './mail-date.ts';
import { headerValues, includedIn, type MailFields } from './mail-fields.ts';
import { marksOf } from './marks.ts';
import { normaliseId, ownMessageId, referencedIds } from './message-ids.ts';
import { authorOf, participantsOf, type MailShape } from './participants.ts';
import { plainLine } from './plain-line.ts';
import { textsOf } from './visible-text.ts';

/** The message that these fields are. */
export function toMessage(fields: MailFields): ParsedMessage {
  const { text, newText } = textsOf(fields);
  const shape = shapeOf(fields, text);
  const participants = participantsOf(fields.headers, shape);
  const marks = marksOf(fields.headers, shape);
  const subject = subjectOf(fields);
  const dates = headerValues(fields.headers, 'date');
  const identity = {
    author: authorOf(participants) ?? '',
    claimedAt: parseMailDate(dates[0] ?? '') ?? '',
    subject: subject ?? '',
    text,
    files: fields.files,
  };
  const givenId = ownMessageId(fields);
  const ownId = givenId ?? synthesisedId(identity);
  const references = referencesOf(fields, { ownId, participants, reported: shape.report?.originalIds ?? [] });
  return {
    kind: 'message',
    externalId: externalIdOf(ownId, identity),
    conversation: {
      kind: 'thread',
      messageIds: [
        ownId,
        ...references,
        ...(shape.calendar?.threadKeys ?? []),
        ...(givenId === null && references.length === 0 ? hintsOf(fields) : []),
      ],
    },
    participants,
    subject,
    text,
    // What reports quote is what they are about.
    ...(newText === null || shape.report !== null ? {} : { newText }),
    html: fields.html === null || fields.html.trim() === '' ? null : Buffer.from(fields.html),
    attachments: attachmentsOf(fields),
    sentAt: sentTime(dates, headerValues(fields.headers, 'received')),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

function shapeOf(fields: MailFields, text: string): MailShape {
  const included = includedIn(fields);
  return {
    list: mailingListOf(fields.headers),
    report: deliveryReportOf(included, text),
    calendar: calendarOf(included),
  };
}

/** Some programs write the address of whom they answer where its message's id belongs: that is no reference. */
function referencesOf(
  fields: MailFields,
  own: { ownId: string; participants: ParsedMessage['participants']; reported: readonly string[] },
): string[] {
  const addresses = new Set(own.participants.map(({ identifiers }) => identifiers[0]?.value));
  return referencedIds(fields, own).filter((id) => !addresses.has(id.toLowerCase()));
}

/** A provider's own thread, which is of one mailbox only: not to be joined with what the mails' ids say. */
function hintsOf({ threadHints }: MailFields): string[] {
  return [...new Set((threadHints ?? []).map(normaliseId))].filter((hint) => hint !== '').slice(0, hintsMax);
}

const hintsMax = 5;

interface Identity {
  author: string;
  claimedAt: string;
  subject: string;
  text: string;
  files: MailFields['files'];
}

const comparedChars = 2_000;
const synthesisedChars = 1_000;

function externalIdOf(ownId: string, { author, claimedAt, subject, text, files }: Identity): string {
  const compared = digest('hex', lettersOf(text, comparedChars));
  return digest(
    'base64url',
    JSON.stringify([ownId, author, claimedAt, subject, compared, contentsOf(files)]),
  );
}

/**
 * An id for a mail whose sender gave it none; the same mail gets the same one everywhere. The files count, because
 * scanners post many mails that differ in nothing else.
 */
function synthesisedId({ author, claimedAt, subject, text, files }: Identity): string {
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

/** The first letters and digits: what stays when a relay wraps lines, adds quotes or changes spaces. */
function lettersOf(text: string, count: number): string {
  const letters: string[] = [];
  for (const [letter] of text.normalize('NFC').matchAll(/[\p{L}\p{N}]/gu)) {
    letters.push(letter);
    if (letters.length === count) break;
  }
  return letters.join('');
}

function subjectOf(fields: MailFields): string | null {
  const [written] = headerValues(fields.headers, 'subject');
  const subject = plainLine(decodeWords(written ?? ''));
  return subject === '' ? null : subject;
}

function digest(encoding: 'hex' | 'base64url', bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest(encoding);
}
