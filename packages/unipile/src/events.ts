/*
 * What a webhook of Unipile holds, in one form for both versions of its API.
 *
 * v1 posts flat objects with the event's name in `event`, and account states without one. It calls its JSON
 * `application/x-www-form-urlencoded` unless a content type was set for the webhook, or posts a real form, so that
 * the body is looked at and never its content type. v2 posts `{ object: 'Event', type, account_id, payload }`. Both
 * post one event; a list of them is read too. Which of the two it is follows from the body, not from the account.
 */
import {
  field,
  firstText,
  instantOf,
  listOf,
  type Loose,
  objectOf,
  parseJson,
  textOf,
} from '@kith/ingest/loose-json';
import type { ParsedItem, ReceivedBody } from '@kith/ingest/provider';
import { readForm } from './form.ts';

/** Something that happened in an account connected to Unipile. */
export interface UnipileEvent {
  version: 'v1' | 'v2';
  /** The event's name as Unipile writes it: `message_received`, `message.new`; `account_status` where v1 has none. */
  event: string;
  /** The connected account's id at Unipile. */
  accountId: string | null;
  /** What is connected, in upper case: `LINKEDIN`, `WHATSAPP`, `GOOGLE`; null where the event does not say. */
  accountType: string | null;
  /** When Unipile made the event (v2 only). */
  createdAt: string | null;
  /** v1: the whole object; v2: its `payload`. */
  payload: Loose;
}

/** What cannot be an event: an item that says so. */
export type NotAnEvent = Extract<ParsedItem, { kind: 'unreadable' | 'ignored' }>;

/** One part of a body. */
export type UnipileReading = { ok: true; event: UnipileEvent } | { ok: false; item: NotAnEvent };

/** Whether a content type is one under which Unipile posts; none at all is one. */
export function acceptsUnipile(contentType: string | null): boolean {
  return contentType === null || contentTypes.has(contentType);
}

const contentTypes = new Set([
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** Reads the events of a body; at least one reading, and one for each thing in it. */
export function readUnipileEvents({ body }: Pick<ReceivedBody, 'body'>): UnipileReading[] {
  const content = parseJson(body) ?? formOf(body);
  if (!Array.isArray(content)) return [readEvent(content)];
  if (content.length === 0) {
    return [{ ok: false, item: { kind: 'ignored', reason: 'nothing_for_us', detail: 'an empty list' } }];
  }
  return listOf(content).map(readEvent);
}

function formOf(body: Uint8Array): Loose | null {
  return readForm(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
}

function readEvent(value: unknown): UnipileReading {
  const object = objectOf(value);
  const event = object === null ? null : (v2Event(object) ?? v1Event(object) ?? stateEvent(object));
  if (event !== null) return { ok: true, event };
  const detail = 'the body is no event of Unipile';
  return { ok: false, item: { kind: 'unreadable', reason: 'not_a_message', detail } };
}

function v2Event(object: Loose): UnipileEvent | null {
  const type = nameOf(field(object, 'type'));
  const payload = objectOf(field(object, 'payload'));
  if (type === null || (payload === null && field(object, 'object') !== 'Event')) return null;
  return {
    version: 'v2',
    event: type,
    accountId: firstText(object, 'account_id'),
    accountType: accountType(
      firstText(object, 'account_provider', 'provider') ?? firstText(payload, 'provider', 'account_type'),
    ),
    createdAt: instantOf(field(object, 'created_at')),
    payload: payload ?? {},
  };
}

function v1Event(object: Loose): UnipileEvent | null {
  const event = nameOf(field(object, 'event'));
  return event === null ? null : v1(event, object, object);
}

/** v1 tells an account's state, and that an account was connected, without an event's name. */
function stateEvent(object: Loose): UnipileEvent | null {
  const state = objectOf(field(object, 'AccountStatus'));
  if (state !== null) return v1('account_status', state, object);
  const isState =
    textOf(field(object, 'account_id')) !== null && firstText(object, 'account_status', 'status') !== null;
  return isState ? v1('account_status', object, object) : null;
}

function v1(event: string, source: Loose, payload: Loose): UnipileEvent {
  const type = firstText(source, 'account_type') ?? textOf(field(source, 'account_info', 'type'));
  return {
    version: 'v1',
    event,
    accountId: firstText(source, 'account_id'),
    accountType: accountType(type),
    createdAt: null,
    payload,
  };
}

function nameOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function accountType(text: string | null): string | null {
  return text === null ? null : text.trim().toUpperCase();
}
