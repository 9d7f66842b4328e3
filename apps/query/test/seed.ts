/*
 * Rows as the resolver would have written them, for reads to find. One seed writes into one workspace.
 */
import { randomUUID } from 'node:crypto';
import {
  type Channel,
  type IdentifierKind,
  type MediaFailure,
  type MessageStatus,
  ParticipantRole,
} from '@kith/contracts';
import { type Database, jsonb, textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { insertCount, insertDeadLetter, insertDelivery, type SeededDelivery } from './seed-deliveries.ts';
import { insertSync, type SeededSync } from './seed-syncs.ts';
import { writeMessageWords, writeRecordWords } from './seed-words.ts';
import {
  insertDecision,
  insertIdentifier,
  insertLinkEvent,
  insertParticipant,
  seededAt,
  type SeededDecision,
  type SeededIdentifier,
  type SeededLinkEvent,
  type SeededParticipant,
} from './seed-participants.ts';

export interface SeededRecord {
  recordId: string;
  title?: string | null;
  identifiers?: SeededRecordIdentifier[];
  lastActivityAt?: string | null;
  isDeleted?: boolean;
  /** Merged records are deleted, too. */
  mergedInto?: string;
}

export interface SeededRecordIdentifier {
  kind: IdentifierKind;
  value: string;
  field?: string;
  /** Whose field it is, where that is another record, merged into this one. */
  sourceRecordId?: string;
  since?: string;
}

export interface SeededHint {
  key: string;
  recordId: string;
  sourceRecordId?: string;
  field?: string;
  shown: string;
}

export interface SeededConversation {
  id?: string;
  channel?: Channel;
  subject?: string;
  people: { id: string; role: ParticipantRole }[];
  messages: SeededMessage[];
}

export interface SeededMessage {
  id?: string;
  sentAt: string;
  /** The participant that wrote, with its first identifier. */
  senderId?: string;
  /** The exact identifier that wrote. */
  senderIdentifierId?: string;
  senderName?: string;
  subject?: string;
  text?: string;
  newText?: string;
  marks?: readonly string[];
  byAccount?: boolean;
  /** The id of the message that it answers. */
  inReplyTo?: string;
  hasHtml?: boolean;
  /** The key of its HTML, where that is read. */
  htmlBlob?: string;
  status?: MessageStatus;
  editedText?: string;
  isDeleted?: boolean;
  attachments?: SeededAttachment[];
}

export interface SeededAttachment {
  id?: string;
  name: string;
  size: number;
  type?: string;
  /** Of a file that is fetched after its message. */
  mediaKey?: string;
  blobKey?: string | null;
  contentId?: string;
}

export interface SeededReaction {
  messageId: string;
  identifierId: string;
  emoji: string | null;
  at: string;
}

/** What became of a file: its bytes, or why there are none. */
export interface SeededMedia {
  key: string;
  blobKey?: string;
  channel?: Channel;
  size?: number;
  type?: string;
  failure?: MediaFailure;
}

export type Seed = ReturnType<typeof createSeed>;

/** Writes into a workspace that exists already. */
export function createSeed(db: Database, workspace: string) {
  return {
    workspace,
    record: (row: SeededRecord) => insertRecord(db, workspace, row),
    hint: (row: SeededHint) => insertHint(db, workspace, row),
    participant: (row: SeededParticipant) => insertParticipant(db, workspace, row),
    identifier: (row: SeededIdentifier) => insertIdentifier(db, workspace, row),
    clue: (identifierId: string, value: string) =>
      db.rows(sql`insert into participant_clue (workspace_id, kind, value, identifier_id)
        values (${workspace}, 'email', ${value}, ${identifierId})`),
    decision: (row: SeededDecision) => insertDecision(db, workspace, row),
    linkEvent: (row: SeededLinkEvent) => insertLinkEvent(db, workspace, row),
    team: (kind: IdentifierKind | 'domain', value: string) =>
      db.rows(sql`insert into team_identity (workspace_id, kind, value)
        values (${workspace}, ${kind}, ${value})`),
    conversation: (row: SeededConversation) => insertConversation(db, workspace, row),
    alias: (aliasId: string, conversationId: string) =>
      db.rows(sql`insert into conversation_alias (workspace_id, alias_id, conversation_id)
        values (${workspace}, ${aliasId}, ${conversationId})`),
    reaction: (row: SeededReaction) =>
      db.rows(sql`insert into message_reaction (workspace_id, message_id, identifier_id, emoji, at)
        values (${workspace}, ${row.messageId}, ${row.identifierId}, ${row.emoji}, ${row.at})`),
    media: (row: SeededMedia) =>
      db.rows(sql`insert into media (workspace_id, channel, key, blob_key, size, type, failure, at)
        values (${workspace}, ${row.channel ?? 'email'}, ${row.key}, ${row.failure === undefined ? (row.blobKey ?? 'blob') : null},
          ${row.size ?? null}, ${row.type ?? null}, ${row.failure ?? null}, ${seededAt})`),
    sync: (row: SeededSync) => insertSync(db, workspace, row),
    delivery: (row: SeededDelivery) => insertDelivery(db, workspace, row),
    count: (outcome: string, reason: string, count: number, accountId?: string) =>
      insertCount(db, workspace, { outcome, reason, count, accountId }),
    deadLetter: (createdAt: string, accountId?: string) =>
      insertDeadLetter(db, workspace, { createdAt, accountId }),
    pipeline: (pipeline: string, fields: readonly object[], defaultCountry: string | null = null) =>
      db.rows(sql`insert into pipeline (workspace_id, pipeline, fields, default_country)
        values (${workspace}, ${pipeline}, ${jsonb(fields)}, ${defaultCountry})`),
    account: (accountId: string, { provider = 'mime' }: { provider?: string } = {}) =>
      db.rows(sql`insert into account (workspace_id, account_id, channel, provider, sealed_secrets, settings)
        values (${workspace}, ${accountId}, 'email', ${provider}, 'v1.sealed', '{}')`),
  };
}

async function insertRecord(db: Database, workspace: string, row: SeededRecord): Promise<void> {
  const isGone = row.isDeleted === true || row.mergedInto !== undefined;
  await db.rows(sql`
    insert into record (workspace_id, record_id, pipeline, title, fields, unreadable, last_activity_at, deleted_at,
      merged_into)
    values (${workspace}, ${row.recordId}, 'contacts', ${row.title ?? null}, '{}', '[]',
      ${row.lastActivityAt ?? null}, ${isGone ? '2026-01-01T00:00:00.000Z' : null}, ${row.mergedInto ?? null})`);
  for (const { kind, value, field, sourceRecordId, since } of row.identifiers ?? []) {
    await db.rows(sql`
      insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field, since)
      values (${workspace}, ${kind}, ${value}, ${row.recordId}, ${sourceRecordId ?? row.recordId}, ${field ?? kind},
        ${since ?? seededAt})`);
  }
  if (!isGone) await writeRecordWords(db, workspace, row.recordId);
}

async function insertHint(db: Database, workspace: string, row: SeededHint): Promise<void> {
  await db.rows(sql`
    insert into record_hint (workspace_id, key, record_id, source_record_id, field, shown)
    values (${workspace}, ${row.key}, ${row.recordId}, ${row.sourceRecordId ?? row.recordId},
      ${row.field ?? 'email'}, ${row.shown})`);
}

async function insertConversation(
  db: Database,
  workspace: string,
  row: SeededConversation,
): Promise<{ id: string; messageIds: string[] }> {
  const id = row.id ?? randomUUID();
  const channel = row.channel ?? 'email';
  const lastMessageAt = row.messages.map((message) => message.sentAt).reduce((a, b) => (a > b ? a : b));
  await db.rows(sql`
    insert into conversation (workspace_id, id, channel, kind, subject, preview, message_count, last_message_at)
    values (${workspace}, ${id}, ${channel}, 'thread', ${row.subject ?? null}, 'preview', ${row.messages.length},
      ${lastMessageAt})`);
  for (const { id: participantId, role } of row.people) {
    await db.rows(sql`
      insert into conversation_participant
        (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      values (${workspace}, ${id}, ${participantId}, ${ParticipantRole.options.indexOf(role)}, ${lastMessageAt})`);
  }
  const messageIds: string[] = [];
  for (const message of row.messages) {
    messageIds.push(await insertMessage(db, workspace, { ...message, channel, conversationId: id }));
  }
  return { id, messageIds };
}

async function insertMessage(
  db: Database,
  workspace: string,
  row: SeededMessage & { channel: Channel; conversationId: string },
): Promise<string> {
  const id = row.id ?? randomUUID();
  const senderId = row.senderIdentifierId ?? (await firstIdentifierOf(db, workspace, row.senderId));
  await db.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      received_at, subject, text, new_text, html_blob, raw_blob, origin, marks, by_account, in_reply_to, status, edited_text,
      edited_at, deleted_at)
    values (${workspace}, ${id}, ${row.conversationId}, ${row.channel}, ${id}, ${senderId}, ${row.sentAt},
      ${row.sentAt}, ${row.subject ?? null}, ${row.text ?? 'text'}, ${row.newText ?? null}, ${row.htmlBlob ?? (row.hasHtml === true ? 'html' : null)}, 'raw',
      'webhook', ${textArray(row.marks ?? [])}, ${row.byAccount ?? false}, ${row.inReplyTo ?? null},
      ${row.status ?? null}, ${row.editedText ?? null}, ${row.editedText === undefined ? null : row.sentAt},
      ${row.isDeleted === true ? row.sentAt : null})`);
  if (senderId !== null) {
    await db.rows(sql`insert into message_participant (workspace_id, message_id, identifier_id, role, display_name)
      values (${workspace}, ${id}, ${senderId}, 'from', ${row.senderName ?? null})`);
  }
  for (const [position, file] of (row.attachments ?? []).entries()) {
    const { name, size, type = 'text/plain', mediaKey = null, contentId = null } = file;
    const blobKey = file.blobKey === undefined && mediaKey === null ? 'blob' : (file.blobKey ?? null);
    await db.rows(sql`
      insert into attachment (workspace_id, id, message_id, position, name, type, size, blob_key, media_key,
        content_id, inline)
      values (${workspace}, ${file.id ?? randomUUID()}, ${id}, ${position}, ${name}, ${type}, ${size}, ${blobKey}, ${mediaKey},
        ${contentId}, ${contentId !== null})`);
  }
  await writeMessageWords(db, workspace, id);
  return id;
}

async function firstIdentifierOf(
  db: Database,
  workspace: string,
  participantId: string | undefined,
): Promise<string | null> {
  if (participantId === undefined) return null;
  const [row] = await db.rows<{ id: string }>(sql`
    select i.id from participant_identifier i
    join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id and p.identifier = i.value
    where p.workspace_id = ${workspace} and p.id = ${participantId}`);
  if (row === undefined) throw new Error('the sender was not seeded');
  return row.id;
}
