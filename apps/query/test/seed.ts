/*
 * Rows as the resolver would have written them, for reads to find. One seed writes into one workspace.
 */
import { randomUUID } from 'node:crypto';
import { type Channel, type ItemOutcome, ParticipantRole, type ParticipantStatus } from '@kith/contracts';
import { type Database, jsonb } from '@kith/database';
import { sql } from 'drizzle-orm';

export interface SeededRecord {
  recordId: string;
  title?: string | null;
  identifiers?: { kind: 'email' | 'phone'; value: string }[];
  lastActivityAt?: string | null;
  isDeleted?: boolean;
}

export interface SeededParticipant {
  id?: string;
  identifier: string;
  channel?: Channel;
  recordId?: string;
  status?: ParticipantStatus;
  displayName?: string;
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
  senderId?: string;
  senderName?: string;
  text?: string;
  attachments?: { name: string; size: number }[];
}

export interface SeededDelivery {
  id?: string;
  seq: number;
  outcomes: { outcome: ItemOutcome; messageId?: string }[];
  at?: string;
}

export type Seed = ReturnType<typeof createSeed>;

/** Writes into a workspace that exists already. */
export function createSeed(db: Database, workspace: string) {
  return {
    workspace,
    record: (row: SeededRecord) => insertRecord(db, workspace, row),
    participant: (row: SeededParticipant) => insertParticipant(db, workspace, row),
    conversation: (row: SeededConversation) => insertConversation(db, workspace, row),
    alias: (aliasId: string, conversationId: string) =>
      db.rows(sql`insert into conversation_alias (workspace_id, alias_id, conversation_id)
        values (${workspace}, ${aliasId}, ${conversationId})`),
    delivery: (row: SeededDelivery) => insertDelivery(db, workspace, row),
    count: (outcome: string, reason: string, count: number) =>
      db.rows(sql`insert into accounting_count (workspace_id, account_id, outcome, reason, count)
        values (${workspace}, 'mail', ${outcome}, ${reason}, ${count})`),
    deadLetter: (createdAt: string) =>
      db.rows(sql`insert into dead_letter (workspace_id, id, delivery_id, item_index, account_id, channel,
          provider, reason, detail, created_at)
        values (${workspace}, ${randomUUID()}, ${randomUUID()}, 0, 'mail', 'email', 'mime', 'parse_failed', 'x',
          ${createdAt})`),
    account: (accountId: string) =>
      db.rows(sql`insert into account (workspace_id, account_id, channel, provider, sealed_secrets, settings)
        values (${workspace}, ${accountId}, 'email', 'mime', 'v1.sealed', '{}')`),
  };
}

async function insertRecord(db: Database, workspace: string, row: SeededRecord): Promise<void> {
  await db.rows(sql`
    insert into record (workspace_id, record_id, pipeline, title, fields, unreadable, last_activity_at, deleted_at)
    values (${workspace}, ${row.recordId}, 'contacts', ${row.title ?? null}, '{}', '[]',
      ${row.lastActivityAt ?? null}, ${row.isDeleted === true ? '2026-01-01T00:00:00.000Z' : null})`);
  for (const { kind, value } of row.identifiers ?? []) {
    await db.rows(sql`insert into record_identifier (workspace_id, kind, value, record_id, field)
      values (${workspace}, ${kind}, ${value}, ${row.recordId}, ${kind})`);
  }
}

async function insertParticipant(db: Database, workspace: string, row: SeededParticipant): Promise<string> {
  const id = row.id ?? randomUUID();
  const status = row.status ?? (row.recordId === undefined ? 'unlinked' : 'linked');
  const channel = row.channel ?? 'email';
  await db.rows(sql`
    insert into participant (workspace_id, id, channel, identifier, display_name, record_id, status)
    values (${workspace}, ${id}, ${channel}, ${row.identifier}, ${row.displayName ?? null},
      ${row.recordId ?? null}, ${status})`);
  await db.rows(sql`
    insert into participant_identifier (workspace_id, kind, value, channel, participant_id)
    values (${workspace}, ${channel === 'email' ? 'email' : 'phone'}, ${row.identifier}, ${channel}, ${id})`);
  return id;
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
  await db.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_id, sent_at, received_at,
      text, raw_blob, origin)
    values (${workspace}, ${id}, ${row.conversationId}, ${row.channel}, ${id}, ${row.senderId ?? null},
      ${row.sentAt}, ${row.sentAt}, ${row.text ?? 'text'}, 'raw', 'webhook')`);
  if (row.senderId !== undefined) {
    await db.rows(sql`insert into message_participant (workspace_id, message_id, participant_id, role, display_name)
      values (${workspace}, ${id}, ${row.senderId}, 'from', ${row.senderName ?? null})`);
  }
  for (const [position, { name, size }] of (row.attachments ?? []).entries()) {
    await db.rows(sql`
      insert into attachment (workspace_id, id, message_id, position, name, type, size, blob_key, inline)
      values (${workspace}, ${randomUUID()}, ${id}, ${position}, ${name}, 'text/plain', ${size}, 'blob', false)`);
  }
  return id;
}

async function insertDelivery(db: Database, workspace: string, row: SeededDelivery): Promise<string> {
  const id = row.id ?? randomUUID();
  await db.rows(sql`
    insert into delivery (workspace_id, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes)
    values (${workspace}, ${id}, 'mail', 'email', 'mime', 'webhook', ${row.at ?? '2026-01-01T00:00:00.000Z'},
      ${row.seq}, ${jsonb(row.outcomes)})`);
  return id;
}
