/*
 * Events of Nylas v3 as mail (https://developer.nylas.com/docs/reference/notifications/).
 *
 * An event names its message with what was parsed of it, without the header; that is there only when the message was
 * fetched (`nylas-api.ts`). Without a header nothing says which mails belong together but Nylas' own thread, which is
 * one mailbox's view of them and is used as a hint only.
 */
import {
  field,
  firstText,
  instantOfSeconds,
  listOf,
  type Loose,
  objectOf,
  textOf,
} from '@kith/ingest/loose-json';
import type { MailFields, MailFile, MailReading } from '../mail/mail-fields.ts';
import {
  hasHeader,
  type ParsedHeader,
  type ParsedMailbox,
  writtenBody,
  writtenHeaders,
  writtenMailboxes,
} from '../mail/parsed-parts.ts';
import { remoteFile } from './remote-file.ts';
import { ignored, notAMessage, notIncluded } from './readings.ts';

/** What is read of an event's name: `message.created.cleaned.truncated` says that a message came, and how it is given. */
export interface NylasEvent {
  type: string;
  isNewMessage: boolean;
  /** `truncated`, `cleaned`, `transformed`, and what comes tomorrow. */
  given: readonly string[];
  /** What happened to, when the event has it. */
  object: Loose | null;
}

/** The events of a body, each as it is; a body is one event, and a list of them is read as well. */
export function nylasEvents(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

/** The event that a value is, or null. */
export function nylasEvent(value: unknown): NylasEvent | null {
  const type = field(value, 'type');
  if (typeof type !== 'string' || type === '') return null;
  const [entity, action, ...given] = type.split('.', 8);
  const isNewMessage = entity === 'message' && action === 'created';
  return { type, isNewMessage, given, object: objectOf(field(value, 'data', 'object')) };
}

/** What each event of the body is. */
export function readNylas(json: unknown): MailReading[] {
  const events = nylasEvents(json);
  return events.length === 0 ? [ignored('nothing_for_us', 'an empty list of events')] : events.map(readEvent);
}

const knownEntities = new Set(
  'grant thread calendar event contact folder booking notetaker draft mailbox_sync'.split(' '),
);
const messageActions = new Set(
  [
    'updated deleted opened link_clicked bounce_detected send_success send_failed bounced complaint delivered',
    'rejected intelligence replied',
  ].flatMap((line) => line.split(' ')),
);

function readEvent(value: unknown): MailReading {
  const event = nylasEvent(value);
  if (event === null) return notAMessage('the body is no event of Nylas');
  if (event.isNewMessage) return readNewMessage(event);
  const [entity = '', action = ''] = event.type.split('.', 2);
  const isKnown = knownEntities.has(entity) || (entity === 'message' && messageActions.has(action));
  return ignored(isKnown ? 'not_a_conversation_event' : 'unknown_event_type', `Nylas event "${event.type}"`);
}

function readNewMessage({ type, given, object }: NylasEvent): MailReading {
  if (object === null) return notIncluded(`the Nylas event "${type.slice(0, 100)}" has no message`);
  if (isDraft(object)) return ignored('nothing_for_us', 'a draft');
  const body = field(object, 'body');
  if (typeof body !== 'string' && given.length > 0) {
    return notIncluded(
      `the Nylas event "${type.slice(0, 100)}" leaves the body out, and it could not be fetched: give the account an apiKey`,
    );
  }
  return { form: 'fields', fields: toFields(object, given) };
}

function isDraft(object: Loose): boolean {
  const folders = listOf(field(object, 'folders'));
  return field(object, 'object') === 'draft' || folders.includes('DRAFT') || folders.includes('DRAFTS');
}

function toFields(object: Loose, given: readonly string[]): MailFields {
  const headers = headersIn(object);
  const date = instantOfSeconds(field(object, 'date'));
  const body = textOf(field(object, 'body')) ?? firstText(object, 'snippet');
  const grant = firstText(object, 'grant_id') ?? '';
  const thread = firstText(object, 'thread_id');
  return {
    headers: writtenHeaders(
      [
        ['from', mailboxesIn(object, 'from')],
        ['to', mailboxesIn(object, 'to')],
        ['cc', mailboxesIn(object, 'cc')],
        ['bcc', mailboxesIn(object, 'bcc')],
        ['reply-to', mailboxesIn(object, 'reply_to')],
        ['subject', firstText(object, 'subject')],
        ['date', hasHeader(headers, 'date') ? null : date],
      ],
      headers,
    ),
    // A cleaned body is Markdown.
    ...(given.includes('cleaned') ? { text: body, html: null } : writtenBody(body)),
    files: listOf(field(object, 'attachments')).map((file, index) => toFile(file, { object, index })),
    ...(thread === null ? {} : { threadHints: [`nylas:${grant}:${thread}`] }),
  };
}

/** The header of a message that was fetched with it. */
export function headersIn(object: Loose): ParsedHeader[] {
  return listOf(field(object, 'headers')).map((header) => ({
    name: firstText(header, 'name'),
    value: firstText(header, 'value'),
  }));
}

function mailboxesIn(object: Loose, key: string): string | null {
  return writtenMailboxes(
    listOf(field(object, key)).map((person): ParsedMailbox => ({
      name: firstText(person, 'name'),
      address: firstText(person, 'email'),
    })),
  );
}

function toFile(file: unknown, { object, index }: { object: Loose; index: number }): MailFile {
  return remoteFile('nylas', {
    name: firstText(file, 'filename'),
    type: firstText(file, 'content_type'),
    contentId: firstText(file, 'content_id'),
    size: field(file, 'size'),
    locator: {
      grant: firstText(object, 'grant_id') ?? '',
      message: firstText(object, 'id') ?? '',
      attachment: firstText(file, 'id') ?? '',
    },
    index,
  });
}
