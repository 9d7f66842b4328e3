/*
 * Rows as the resolver would have written them, for the page to show: records, somebody who writes to each, and
 * messages of every channel.
 */
import { randomUUID } from 'node:crypto';
import { type Channel, identifyingKinds, type MediaFailure, type MessageStatus } from '@kith/contracts';
import type { Database } from '@kith/database';
import { nameVector } from '@kith/search';
import { sql } from 'drizzle-orm';
import { workspace } from './page-stack.ts';

export interface SeededRecord {
  recordId: string;
  title: string | null;
  email: string;
  lastActivityAt?: string | null;
}

export interface SeededPerson {
  channel: Channel;
  identifier: string;
  displayName: string | null;
  recordId?: string;
  status: 'linked' | 'unlinked' | 'ambiguous' | 'internal';
  confidence?: number;
}

export interface SeededMessage {
  conversationId: string;
  channel: Channel;
  senderId: string;
  sentAt: string;
  subject?: string;
  text: string;
  newText?: string;
  repliesTo?: string;
  status?: MessageStatus;
  attachments?: SeededFile[];
}

export interface SeededFile {
  name: string;
  type: string;
  size: number;
  /** Names a file that is not here; `insertFailure` says why it never will be. */
  mediaKey?: string;
}

export async function insertRecord(db: Database, record: SeededRecord): Promise<void> {
  await db.rows(sql`insert into record (workspace_id, record_id, pipeline, title, fields, unreadable, last_activity_at)
    values (${workspace}, ${record.recordId}, 'contacts', ${record.title}, '{}', '[]', ${record.lastActivityAt ?? null})`);
  await db.rows(sql`insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field)
    values (${workspace}, 'email', ${record.email}, ${record.recordId}, ${record.recordId}, 'email')`);
  const words = nameVector(
    workspace,
    [record.title, record.email].filter((name) => name !== null),
  );
  await db.rows(sql`insert into record_search (workspace_id, record_id, words)
    values (${workspace}, ${record.recordId}, ${words}::tsvector)`);
}

/** Answers the person's id, which is that of the one identifier it has, too. */
export async function insertPerson(db: Database, person: SeededPerson): Promise<string> {
  const id = randomUUID();
  const method = person.recordId === undefined ? null : `${person.channel}_webhook`;
  await db.rows(sql`insert into participant
    (workspace_id, id, channel, identifier, display_name, record_id, status, confidence, method, resolved_at)
    values (${workspace}, ${id}, ${person.channel}, ${person.identifier}, ${person.displayName},
      ${person.recordId ?? null}, ${person.status}, ${person.confidence ?? null}, ${method},
      ${method === null ? null : new Date().toISOString()})`);
  await db.rows(sql`insert into participant_identifier
    (workspace_id, kind, value, channel, id, participant_id, display_name, first_seen_at)
    values (${workspace}, ${identifyingKinds[person.channel][0]}, ${person.identifier}, ${person.channel}, ${id},
      ${id}, ${person.displayName}, ${new Date().toISOString()})`);
  return id;
}

export async function insertConversation(
  db: Database,
  conversation: { channel: Channel; people: readonly string[] },
): Promise<string> {
  const id = randomUUID();
  const epoch = new Date(0).toISOString();
  await db.rows(sql`insert into conversation
    (workspace_id, id, channel, kind, preview, message_count, last_message_at)
    values (${workspace}, ${id}, ${conversation.channel}, 'direct', '', 0, ${epoch})`);
  for (const personId of conversation.people) {
    await db.rows(sql`insert into conversation_participant
      (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      values (${workspace}, ${id}, ${personId}, 0, ${epoch})`);
  }
  return id;
}

export async function insertMessage(db: Database, message: SeededMessage): Promise<string> {
  const id = randomUUID();
  const { conversationId, sentAt } = message;
  await db.rows(sql`insert into message (workspace_id, id, conversation_id, channel, external_id,
      sender_identifier_id, sent_at, received_at, subject, text, new_text, in_reply_to, status, raw_blob, origin)
    values (${workspace}, ${id}, ${conversationId}, ${message.channel}, ${id}, ${message.senderId}, ${sentAt},
      ${sentAt}, ${message.subject ?? null}, ${message.text}, ${message.newText ?? null},
      ${message.repliesTo ?? null}, ${message.status ?? null}, 'raw', 'webhook')`);
  for (const [position, file] of (message.attachments ?? []).entries()) {
    await db.rows(sql`insert into attachment
      (workspace_id, id, message_id, position, name, type, size, blob_key, media_key, inline)
      values (${workspace}, ${randomUUID()}, ${id}, ${position}, ${file.name}, ${file.type}, ${file.size},
        ${file.mediaKey === undefined ? 'blob' : null}, ${file.mediaKey ?? null}, false)`);
  }
  await db.rows(sql`update conversation set last_message_at = greatest(last_message_at, ${sentAt}::timestamptz),
    message_count = message_count + 1 where workspace_id = ${workspace} and id = ${conversationId}`);
  await db.rows(sql`update conversation_participant
    set last_message_at = greatest(last_message_at, ${sentAt}::timestamptz)
    where workspace_id = ${workspace} and conversation_id = ${conversationId}`);
  return id;
}

/** A person's answer to a message; the person has one identifier, of the same id. */
export async function insertReaction(
  db: Database,
  { messageId, personId, emoji }: { messageId: string; personId: string; emoji: string },
): Promise<void> {
  await db.rows(sql`insert into message_reaction (workspace_id, message_id, identifier_id, emoji, at)
    values (${workspace}, ${messageId}, ${personId}, ${emoji}, now())`);
}

export async function insertFailure(
  db: Database,
  { channel, mediaKey, failure }: { channel: Channel; mediaKey: string; failure: MediaFailure },
): Promise<void> {
  await db.rows(sql`insert into media (workspace_id, channel, key, failure, at)
    values (${workspace}, ${channel}, ${mediaKey}, ${failure}, now())`);
}
