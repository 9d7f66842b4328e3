/*
 * Writes the messages of a batch, who is named by them, their files and through which account each was seen.
 * Every statement takes the whole batch; a row that exists stays as it is.
 */
import { ParticipantRole } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { idOf } from '../ids.ts';
import { identifierKey, type MessageCopy } from './items.ts';

/** Where the pieces of a batch's messages were put before. */
export interface Placement {
  participantIds: ReadonlyMap<string, string>;
  conversationIds: ReadonlyMap<string, string>;
}

/** The copies whose message is not stored yet: the first copy of each. */
export async function findNew(tx: Tx, copies: readonly MessageCopy[]): Promise<MessageCopy[]> {
  const rows = await tx.rows<{ id: string }>(sql`select id from message
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(copies.map((copy) => copy.messageId))})`);
  const seen = new Set(rows.map((row) => row.id));
  return copies.filter((copy) => !seen.has(copy.messageId) && seen.add(copy.messageId));
}

/** Inserts the new messages and their attachments. */
export async function insertMessages(tx: Tx, fresh: readonly MessageCopy[], place: Placement): Promise<void> {
  if (fresh.length === 0) return;
  const rows = fresh.map(({ messageId, item, arrived, sentAt }) => ({
    id: messageId,
    conversation_id: place.conversationIds.get(messageId),
    channel: arrived.delivery.channel,
    external_id: item.externalId,
    sender_id: senderOf(item, arrived.delivery.channel, place),
    sent_at: sentAt,
    claimed_sent_at: item.sentAt,
    received_at: arrived.delivery.receivedAt,
    subject: item.subject,
    text: item.text,
    html_blob: item.html?.key ?? null,
    raw_blob: arrived.delivery.raw.key,
    origin: arrived.delivery.origin,
  }));
  const columns =
    'id uuid, conversation_id uuid, channel text, external_id text, sender_id uuid, sent_at timestamptz, ' +
    'claimed_sent_at timestamptz, received_at timestamptz, subject text, text text, html_blob text, raw_blob text, ' +
    'origin text';
  await tx.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_id, sent_at,
      claimed_sent_at, received_at, subject, text, html_blob, raw_blob, origin)
    select ${tx.workspace}, id, conversation_id, channel, external_id, sender_id, sent_at,
      claimed_sent_at, received_at, subject, text, html_blob, raw_blob, origin
    from ${rowSet(rows, columns)}`);
  await insertAttachments(tx, fresh);
}

function senderOf(item: MessageCopy['item'], channel: string, place: Placement): string | null {
  const [identifier] = item.participants.find(({ role }) => role === 'from')?.identifiers ?? [];
  if (identifier === undefined) return null;
  return place.participantIds.get(identifierKey(channel, identifier)) ?? null;
}

async function insertAttachments(tx: Tx, fresh: readonly MessageCopy[]): Promise<void> {
  const rows = fresh.flatMap(({ messageId, item }) =>
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

/** Adds everybody named by any copy, and the accounts through which it was seen. */
export async function insertPeople(tx: Tx, copies: readonly MessageCopy[], place: Placement): Promise<void> {
  const named = copies.flatMap(({ messageId, item, arrived, sentAt }) =>
    item.participants.flatMap(({ identifiers, role, displayName }) => {
      const [identifier] = identifiers;
      if (identifier === undefined) return [];
      return [
        {
          message_id: messageId,
          conversation_id: place.conversationIds.get(messageId),
          participant_id: place.participantIds.get(identifierKey(arrived.delivery.channel, identifier)),
          role,
          role_rank: ParticipantRole.options.indexOf(role),
          display_name: displayName,
          sent_at: sentAt,
        },
      ];
    }),
  );
  if (named.length === 0) return;
  const columns =
    'message_id uuid, conversation_id uuid, participant_id uuid, role text, role_rank smallint, display_name text, ' +
    'sent_at timestamptz';
  await tx.rows(sql`
    with input as (select * from ${rowSet(named, columns)}),
    named as (
      insert into message_participant (workspace_id, message_id, participant_id, role, display_name)
      select ${tx.workspace}, message_id, participant_id, role, max(display_name) from input
      group by message_id, participant_id, role
      on conflict (workspace_id, message_id, participant_id, role) do nothing)
    insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
    select ${tx.workspace}, conversation_id, participant_id, min(role_rank), max(sent_at) from input
    group by conversation_id, participant_id
    on conflict (workspace_id, conversation_id, participant_id) do update
      set role_rank = excluded.role_rank
      where conversation_participant.role_rank > excluded.role_rank`);
}

/** Remembers through which accounts each message was seen, and when first. */
export async function insertSightings(tx: Tx, copies: readonly MessageCopy[]): Promise<void> {
  const rows = copies.map(({ messageId, arrived }) => ({
    message_id: messageId,
    account_id: arrived.delivery.accountId,
    first_seen_at: arrived.delivery.receivedAt,
  }));
  await tx.rows(sql`
    insert into message_sighting (workspace_id, message_id, account_id, first_seen_at)
    select ${tx.workspace}, message_id, account_id, min(first_seen_at)
    from ${rowSet(rows, 'message_id uuid, account_id text, first_seen_at timestamptz')}
    group by message_id, account_id
    on conflict (workspace_id, message_id, account_id) do update
      set first_seen_at = least(message_sighting.first_seen_at, excluded.first_seen_at)`);
}
