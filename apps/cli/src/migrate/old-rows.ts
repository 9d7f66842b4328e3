/*
 * Rows of the old tables, read loosely: an old system's columns hold whatever ten years have put there. Ids are texts.
 */
import { field, firstText, instantOf, numberOf, objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import type { Mapping } from './mapping.ts';

/** A participant. */
export interface OldParticipant {
  id: string;
  recordId: string | null;
  confidence: number | null;
  method: string | null;
  email: string | null;
  phone: string | null;
  linkedin: string | null;
  name: string | null;
}

/** A message, with what its conversation says. */
export interface OldMessage {
  id: string;
  externalId: string | null;
  /** Null where there is none of the id that it names. */
  conversation: { id: string; externalId: string | null; channelType: string } | null;
  senderId: string | null;
  isOutbound: boolean;
  text: string;
  subject: string | null;
  at: string | null;
  metadata: unknown;
  /** The whole row as it is. */
  raw: unknown;
}

/** A message's row, as the statement names it. */
export interface MessageRow {
  id: string;
  senderId: string | null;
  conversationId: string | null;
  threadId: string | null;
  subject: string | null;
  channelType: string | null;
  raw: unknown;
}

const outbound = new Set(['outbound', 'outgoing', 'out', 'sent']);

/** Whether a value of `messages.direction` says that the company wrote. */
export const isOutbound = (direction: string | null): boolean =>
  outbound.has((direction ?? '').trim().toLowerCase());

/** The values of `messages.direction` that say so, for a statement. */
export const outboundDirections = [...outbound];

/** Reads a message. */
export function readMessage({ messages }: Mapping, row: MessageRow): OldMessage {
  const { raw, conversationId } = row;
  const text = (column: string | null) => (column === null ? null : textOf(field(raw, column)));
  const time = (column: string | null) => (column === null ? null : instantOf(field(raw, column)));
  return {
    id: row.id,
    externalId: text(messages.externalId),
    conversation:
      conversationId === null
        ? null
        : { id: conversationId, externalId: textOf(row.threadId), channelType: row.channelType ?? '' },
    senderId: row.senderId,
    isOutbound: isOutbound(text(messages.direction)),
    text: text(messages.text) ?? '',
    subject: text(messages.subject) ?? textOf(row.subject),
    at: time(messages.sentAt) ?? time(messages.receivedAt) ?? time(messages.createdAt),
    metadata: messages.metadata === null ? null : readMetadata(field(raw, messages.metadata)),
    raw,
  };
}

/** Reads a participant. */
export function readParticipant(
  { participants }: Mapping,
  row: { id: string; recordId: string | null; raw: unknown },
): OldParticipant {
  const text = (column: string | null) => (column === null ? null : textOf(field(row.raw, column)));
  const { confidence } = participants;
  return {
    id: row.id,
    recordId: textOf(row.recordId),
    confidence: confidence === null ? null : numberOf(field(row.raw, confidence)),
    method: text(participants.method),
    email: text(participants.email),
    phone: text(participants.phone),
    linkedin: text(participants.linkedin),
    name: text(participants.name),
  };
}

/** The ids by which a mail names itself and others, as the metadata has them. */
export function mailIdsOf(metadata: unknown): { own: string | null; references: string } {
  const headers = headersOf(field(metadata, 'headers'));
  const find = (...names: string[]) => firstText(metadata, ...names) ?? firstText(headers, ...names);
  const own = find(
    'message_id',
    'messageId',
    'message-id',
    'Message-ID',
    'Message-Id',
    'internet_message_id',
  );
  const parent = find('in_reply_to', 'inReplyTo', 'in-reply-to', 'In-Reply-To');
  const listed = field(metadata, 'references');
  const references = Array.isArray(listed) ? listed.map(textOf).join(' ') : find('references', 'References');
  return { own, references: `${references ?? ''} ${parent ?? ''}` };
}

/** Headers are kept as an object, or as a list of names with values. */
function headersOf(headers: unknown): object | null {
  if (!Array.isArray(headers)) return objectOf(headers);
  const pairs = headers.map((header) => [firstText(header, 'name', 'key') ?? '', firstText(header, 'value')]);
  return Object.fromEntries(pairs) as object;
}

function readMetadata(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(Buffer.from(value)) : value;
}
