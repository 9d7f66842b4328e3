/*
 * Events of Unipile as mail. Both versions name the same things by names of their own, which do not collide, so that
 * either is read whichever version an event is of.
 *
 * Who wrote a mail follows from its From, never from `mail_sent` or `mail_received`: both come for either direction.
 * v1 gives no Date but the time at which the mailbox's server had the mail, another one in every mailbox. It is kept
 * as the time the mail was received, by which copies of one mail stay one.
 */
import {
  field,
  firstText,
  instantOf,
  isSet,
  listOf,
  type Loose,
  objectOf,
  textOf,
} from '@kith/ingest/loose-json';
import type { UnipileEvent } from '@kith/unipile';
import type { MailFields, MailFile, MailReading } from '../mail/mail-fields.ts';
import {
  hasHeader,
  type ParsedHeader,
  type ParsedMailbox,
  writtenBody,
  writtenHeaders,
  writtenMailboxes,
} from '../mail/parsed-parts.ts';
import { ignored, notIncluded } from './readings.ts';
import { remoteFile } from './remote-file.ts';

const mailEvents = new Set(['mail_received', 'mail_sent', 'email.new', 'email.received', 'email.sent']);
/** Mail that was moved or looked at, states of accounts, calendars. */
const knownEvents =
  /^(?:mail_(?:moved|opened|link_clicked|deleted)$|(?:email|account|tracking|calendar)[._])/;
/** What a webhook brings that serves accounts of other channels as well. */
const chatEvents = /^(?:new_relation$|(?:message|chat|relation|follower)[._])/;

/** Whether an event brings a mail. */
export function isMailEvent({ event }: UnipileEvent): boolean {
  return mailEvents.has(event);
}

/** What an event is. */
export function readMailEvent(event: UnipileEvent): MailReading {
  if (isMailEvent(event)) return readMail(event);
  const detail = `Unipile event "${event.event}"`;
  if (knownEvents.test(event.event)) return ignored('not_a_conversation_event', detail);
  return ignored(chatEvents.test(event.event) ? 'other_account' : 'unknown_event_type', detail);
}

/** Whether Unipile says, or shows, that it left out what the mail says. */
export function isIncomplete(payload: Loose): boolean {
  const stated = field(payload, 'is_complete');
  const isAbsent = field(payload, 'body') === undefined && field(payload, 'body_plain') === undefined;
  return isAbsent || (stated !== undefined && stated !== null && !isSet(stated));
}

/** Whether there is anything to read. */
export function hasBody(payload: Loose): boolean {
  return firstText(payload, 'body', 'body_plain') !== null;
}

/** The mail's id at Unipile. */
export function mailIdIn(payload: Loose): string | null {
  return firstText(payload, 'email_id', 'id');
}

function readMail(event: UnipileEvent): MailReading {
  const { payload } = event;
  if (isDraft(payload)) return ignored('nothing_for_us', 'a draft');
  if (isIncomplete(payload) && !hasBody(payload)) {
    return notIncluded(
      `the Unipile event "${event.event}" leaves the body out, and it could not be fetched: give the account an apiKey (and in v1 the baseUrl)`,
    );
  }
  return { form: 'fields', fields: toFields(event) };
}

function isDraft(payload: Loose): boolean {
  return (
    /^drafts?$/.test(firstText(payload, 'role') ?? '') || listOf(field(payload, 'folders')).includes('DRAFT')
  );
}

function toFields(event: UnipileEvent): MailFields {
  const { payload } = event;
  const body = writtenBody(textOf(field(payload, 'body')));
  const thread = firstText(payload, 'thread_id');
  return {
    headers: headersOf(event),
    text: firstText(payload, 'body_plain') ?? body.text,
    html: body.html,
    files: attachmentsIn(payload).map((file, index) => toFile(file, { event, index })),
    ...(thread === null ? {} : { threadHints: [`unipile:${event.accountId ?? ''}:${thread}`] }),
  };
}

function headersOf({ version, payload }: UnipileEvent): MailFields['headers'] {
  const given = listOf(field(payload, 'headers')).map((header): ParsedHeader => ({
    name: firstText(header, 'name'),
    value: firstText(header, 'value'),
  }));
  const inReplyTo = field(payload, 'in_reply_to');
  const messageId = firstText(payload, 'message_id');
  const time = instantOf(field(payload, 'date')) ?? firstText(payload, 'date');
  const isReceived = version === 'v1' && messageId !== null;
  const hasDate = time === null || hasHeader(given, 'date');
  return writtenHeaders(
    [
      ['from', mailboxesIn(payload, 'from_attendee', 'from_attendees', 'from')],
      ['to', mailboxesIn(payload, 'to_attendees', 'to')],
      ['cc', mailboxesIn(payload, 'cc_attendees', 'cc')],
      ['bcc', mailboxesIn(payload, 'bcc_attendees', 'bcc')],
      ['reply-to', mailboxesIn(payload, 'reply_to_attendees', 'reply_to')],
      ['subject', firstText(payload, 'subject')],
      ['message-id', messageId],
      ['in-reply-to', firstText(inReplyTo, 'message_id') ?? textOf(inReplyTo)],
      ['received', isReceived && !hasDate ? `by unipile; ${time}` : null],
      ['date', isReceived || hasDate ? null : time],
    ],
    given,
  );
}

/** The people under the first of these names that is there. */
function mailboxesIn(payload: Loose, ...keys: readonly string[]): string | null {
  const value = keys.map((key) => field(payload, key)).find((found) => found !== undefined && found !== null);
  const people = Array.isArray(value) ? listOf(value) : [value];
  return writtenMailboxes(
    people.map((person): ParsedMailbox => ({
      name: firstText(person, 'display_name', 'name'),
      address: firstText(person, 'identifier', 'email') ?? textOf(person),
    })),
  );
}

function attachmentsIn(payload: Loose): readonly unknown[] {
  const value = field(payload, 'attachments');
  const single = objectOf(value);
  return single !== null && Object.hasOwn(single, 'id') ? [single] : listOf(value);
}

function toFile(file: unknown, { event, index }: { event: UnipileEvent; index: number }): MailFile {
  const isGone = isSet(field(file, 'unavailable')) || isSet(field(file, 'is_unavailable'));
  return remoteFile('unipile', {
    name: firstText(file, 'name', 'filename', 'file_name'),
    type: firstText(file, 'mime', 'mimetype', 'content_type'),
    contentId: firstText(file, 'cid', 'content_id'),
    size: field(file, 'size') ?? field(file, 'file_size'),
    locator: {
      version: event.version,
      account: event.accountId ?? '',
      email: mailIdIn(event.payload) ?? '',
      attachment: isGone ? '' : (firstText(file, 'id') ?? ''),
    },
    index,
  });
}
