/*
 * Writes the messages of a batch, their files and through which account each was seen. Every statement takes the
 * whole batch; those for messages that are stored already run only where a copy changes what is shown.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { insertAttachments } from './attachments.ts';
import {
  type BatchMessage,
  type SortedMessages,
  sortMessages,
  type StoredMessage,
} from './batch-messages.ts';
import { identifierKey, messageIdOf, namedIdentifier } from './items.ts';
import type { MessageCopy } from './lay-out.ts';

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
    select m.id, m.received_at as "receivedAt", m.raw_blob as "rawBlob", m.sent_at as "sentAt", m.marks,
      m.by_account as "byAccount",
      case when exists (
        select 1 from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) then 2
      when m.text <> '' or m.html_blob is not null then 1 else 0 end as fullness
    from message m
    where m.workspace_id = ${tx.workspace} and m.id = any(${uuidArray(copies.map((copy) => copy.messageId))})`);
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
  'subject text, text text, new_text text, html_blob text, raw_blob text, origin text, marks text[], ' +
  'in_reply_to uuid, by_account boolean';

function contentOf(workspace: string, { copy, marks, byAccount }: BatchMessage, place: Placement) {
  const { messageId, item, arrived, sentAt, receivedAt } = copy;
  const { channel } = arrived.delivery;
  const { repliesTo = null } = item;
  return {
    id: messageId,
    sender_identifier_id: senderOf(copy, place),
    sent_at: sentAt,
    claimed_sent_at: item.sentAt,
    received_at: receivedAt,
    subject: item.subject,
    text: item.text,
    new_text: item.newText ?? null,
    html_blob: item.html?.key ?? null,
    raw_blob: arrived.delivery.raw.key,
    origin: arrived.delivery.origin,
    marks,
    in_reply_to: repliesTo === null ? null : messageIdOf(workspace, channel, repliesTo),
    by_account: byAccount,
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
    ...contentOf(tx.workspace, message, place),
    conversation_id: place.conversationIds.get(message.copy.messageId),
    channel: message.copy.arrived.delivery.channel,
    external_id: message.copy.item.externalId,
  }));
  await tx.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      claimed_sent_at, received_at, subject, text, new_text, html_blob, raw_blob, origin, marks, in_reply_to,
      by_account)
    select ${tx.workspace}, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      claimed_sent_at, received_at, subject, text, new_text, html_blob, raw_blob, origin, marks, in_reply_to,
      by_account
    from ${rowSet(rows, `${contentColumns}, conversation_id uuid, channel text, external_id text`)}`);
  await insertAttachments(tx, fresh);
}

async function replaceMessages(tx: Tx, replaced: readonly BatchMessage[], place: Placement): Promise<void> {
  if (replaced.length === 0) return;
  const rows = replaced.map((message) => contentOf(tx.workspace, message, place));
  await tx.rows(sql`
    update message m
    set sender_identifier_id = input.sender_identifier_id, sent_at = input.sent_at,
      claimed_sent_at = input.claimed_sent_at, received_at = input.received_at, subject = input.subject,
      text = input.text, new_text = input.new_text, html_blob = input.html_blob, raw_blob = input.raw_blob,
      origin = input.origin, marks = input.marks, in_reply_to = input.in_reply_to, by_account = input.by_account
    from ${rowSet(rows, contentColumns)}
    where m.workspace_id = ${tx.workspace} and m.id = input.id`);
  await tx.rows(sql`delete from attachment where workspace_id = ${tx.workspace}
    and message_id = any(${uuidArray(rows.map(({ id }) => id))})`);
  await insertAttachments(tx, replaced);
}

async function addMarks(tx: Tx, marked: readonly BatchMessage[]): Promise<void> {
  if (marked.length === 0) return;
  const rows = marked.map(({ copy, marks, byAccount }) => ({
    id: copy.messageId,
    marks,
    by_account: byAccount,
  }));
  await tx.rows(sql`
    update message m set marks = input.marks, by_account = input.by_account
    from ${rowSet(rows, 'id uuid, marks text[], by_account boolean')}
    where m.workspace_id = ${tx.workspace} and m.id = input.id`);
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
