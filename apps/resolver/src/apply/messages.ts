/*
 * Writes the messages of a batch, their files and through which account each was seen. Every statement takes the
 * whole batch; those for messages that are stored already run only where a copy changes what is shown.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { idOf } from '../ids.ts';
import {
  type BatchMessage,
  type SortedMessages,
  sortMessages,
  type StoredMessage,
} from './batch-messages.ts';
import { identifierKey, type MessageCopy, namedIdentifier } from './items.ts';

/** Where the pieces of a batch's messages were put before. */
export interface Placement {
  /** By `identifierKey`. */
  identities: ReadonlyMap<string, { identifierId: string; participantId: string }>;
  /** By message id. */
  conversationIds: ReadonlyMap<string, string>;
}

/** Which messages of the copies are new, and which are stored and change. */
export async function findMessages(tx: Tx, copies: readonly MessageCopy[]): Promise<SortedMessages> {
  const rows = await tx.rows<StoredMessage>(sql`
    select id, received_at as "receivedAt", raw_blob as "rawBlob", sent_at as "sentAt", marks from message
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(copies.map((copy) => copy.messageId))})`);
  return sortMessages(copies, new Map(rows.map((row) => [row.id, row])));
}

/** Inserts the new messages, and brings those that change to what their copies say. */
export async function writeMessages(tx: Tx, messages: SortedMessages, place: Placement): Promise<void> {
  await insertMessages(tx, messages.fresh, place);
  await replaceMessages(tx, messages.replaced, place);
  await addMarks(tx, messages.marked);
}

const contentColumns =
  'id uuid, sender_identifier_id uuid, sent_at timestamptz, claimed_sent_at timestamptz, received_at timestamptz, ' +
  'subject text, text text, html_blob text, raw_blob text, origin text, marks text[]';

function contentOf({ copy, marks }: BatchMessage, place: Placement) {
  const { messageId, item, arrived, sentAt, receivedAt } = copy;
  return {
    id: messageId,
    sender_identifier_id: senderOf(copy, place),
    sent_at: sentAt,
    claimed_sent_at: item.sentAt,
    received_at: receivedAt,
    subject: item.subject,
    text: item.text,
    html_blob: item.html?.key ?? null,
    raw_blob: arrived.delivery.raw.key,
    origin: arrived.delivery.origin,
    marks,
  };
}

function senderOf({ item, arrived }: MessageCopy, place: Placement): string | null {
  const { channel } = arrived.delivery;
  const author = item.participants.find(({ role }) => role === 'from');
  const identifier = author === undefined ? undefined : namedIdentifier(channel, author);
  if (identifier === undefined) return null;
  return place.identities.get(identifierKey(channel, identifier))?.identifierId ?? null;
}

async function insertMessages(tx: Tx, fresh: readonly BatchMessage[], place: Placement): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map((message) => ({
    ...contentOf(message, place),
    conversation_id: place.conversationIds.get(message.copy.messageId),
    channel: message.copy.arrived.delivery.channel,
    external_id: message.copy.item.externalId,
  }));
  await tx.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      claimed_sent_at, received_at, subject, text, html_blob, raw_blob, origin, marks)
    select ${tx.workspace}, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      claimed_sent_at, received_at, subject, text, html_blob, raw_blob, origin, marks
    from ${rowSet(rows, `${contentColumns}, conversation_id uuid, channel text, external_id text`)}`);
  await insertAttachments(tx, fresh);
}

async function replaceMessages(tx: Tx, replaced: readonly BatchMessage[], place: Placement): Promise<void> {
  if (replaced.length === 0) return;
  const rows = replaced.map((message) => contentOf(message, place));
  await tx.rows(sql`
    update message m
    set sender_identifier_id = input.sender_identifier_id, sent_at = input.sent_at,
      claimed_sent_at = input.claimed_sent_at, received_at = input.received_at, subject = input.subject,
      text = input.text, html_blob = input.html_blob, raw_blob = input.raw_blob, origin = input.origin,
      marks = input.marks
    from ${rowSet(rows, contentColumns)}
    where m.workspace_id = ${tx.workspace} and m.id = input.id`);
  await tx.rows(sql`delete from attachment where workspace_id = ${tx.workspace}
    and message_id = any(${uuidArray(rows.map(({ id }) => id))})`);
  await insertAttachments(tx, replaced);
}

async function addMarks(tx: Tx, marked: readonly BatchMessage[]): Promise<void> {
  if (marked.length === 0) return;
  const rows = marked.map(({ copy, marks }) => ({ id: copy.messageId, marks }));
  await tx.rows(sql`
    update message m set marks = input.marks from ${rowSet(rows, 'id uuid, marks text[]')}
    where m.workspace_id = ${tx.workspace} and m.id = input.id`);
}

async function insertAttachments(tx: Tx, messages: readonly BatchMessage[]): Promise<void> {
  const rows = messages.flatMap(({ copy: { messageId, item } }) =>
    item.attachments.map((file, position) => ({
      id: idOf(tx.workspace, 'attachment', messageId, String(position)),
      message_id: messageId,
      position,
      name: file.name,
      type: file.type,
      size: file.blob.size,
      blob_key: file.blob.key,
      content_id: file.contentId,
      inline: file.inline,
    })),
  );
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into attachment (workspace_id, id, message_id, position, name, type, size, blob_key, content_id, inline)
    select ${tx.workspace}, id, message_id, position, name, type, size, blob_key, content_id, inline
    from ${rowSet(
      rows,
      'id uuid, message_id uuid, position int, name text, type text, size int, blob_key text, content_id text, ' +
        'inline boolean',
    )}`);
}

/** Remembers through which accounts each message was seen, and when first. */
export async function insertSightings(tx: Tx, copies: readonly MessageCopy[]): Promise<void> {
  const rows = copies.map(({ messageId, arrived, receivedAt }) => ({
    message_id: messageId,
    account_id: arrived.delivery.accountId,
    first_seen_at: receivedAt,
  }));
  await tx.rows(sql`
    insert into message_sighting (workspace_id, message_id, account_id, first_seen_at)
    select ${tx.workspace}, message_id, account_id, min(first_seen_at)
    from ${rowSet(rows, 'message_id uuid, account_id text, first_seen_at timestamptz')}
    group by message_id, account_id
    on conflict (workspace_id, message_id, account_id) do update
      set first_seen_at = least(message_sighting.first_seen_at, excluded.first_seen_at)`);
}
