/*
 * Participants, what they are known by, what people said of them and their history, as the resolver would have
 * written them. The id of an identifier is never that of its participant, so that a read which mixes them up fails.
 */
import { randomUUID } from 'node:crypto';
import {
  type Channel,
  type IdentifierKind,
  identifyingKinds,
  type LinkAction,
  type LinkReason,
  type ParticipantNature,
  type ParticipantStatus,
} from '@kith/contracts';
import { type Database, jsonb, textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeParticipantWords } from './seed-words.ts';

export interface SeededParticipant {
  id?: string;
  /** The id of its first identifier. */
  identifierId?: string;
  identifier: string;
  kind?: IdentifierKind;
  channel?: Channel;
  recordId?: string;
  status?: ParticipantStatus;
  displayName?: string;
  nature?: ParticipantNature;
  method?: string;
  confidence?: number;
  manual?: boolean;
  candidates?: readonly string[];
  dismissed?: boolean;
  messageCount?: number;
  lastMessageAt?: string;
  resolvedAt?: string;
  firstSeenAt?: string;
  seenByWebhook?: boolean;
  mergedInto?: string;
}

export interface SeededIdentifier {
  id?: string;
  participantId: string;
  kind: IdentifierKind;
  value: string;
  channel?: Channel;
  displayName?: string | undefined;
  firstSeenAt?: string | undefined;
  seenByWebhook?: boolean | undefined;
}

export interface SeededDecision {
  participantId: string;
  recordId: string;
  verdict: 'is' | 'is_not';
  actor?: string;
  at?: string;
}

export interface SeededLinkEvent {
  participantId: string | null;
  action: LinkAction;
  reason: LinkReason;
  at?: string;
  actor?: string;
  recordId?: string;
  previousRecordId?: string;
  method?: string;
  confidence?: number;
  evidence?: unknown;
  before?: object;
  causedBy?: number;
  undoes?: number;
}

/** When everything is first seen, unless a row says otherwise. */
export const seededAt = '2026-03-01T00:00:00.000Z';

export async function insertParticipant(
  db: Database,
  workspace: string,
  row: SeededParticipant,
): Promise<string> {
  const id = row.id ?? randomUUID();
  const channel = row.channel ?? 'email';
  await db.rows(sql`
    insert into participant (workspace_id, id, channel, identifier, display_name, nature, record_id, status,
      confidence, method, manual, candidates, dismissed, resolved_at, last_message_at, message_count, merged_into)
    values (${workspace}, ${id}, ${channel}, ${row.identifier}, ${row.displayName ?? null},
      ${row.nature ?? 'person'}, ${row.recordId ?? null}, ${statusOf(row)}, ${row.confidence ?? null},
      ${row.method ?? null}, ${row.manual ?? false}, ${textArray(row.candidates ?? [])}, ${row.dismissed ?? false},
      ${row.resolvedAt ?? null}, ${row.lastMessageAt ?? null}, ${row.messageCount ?? 0}, ${row.mergedInto ?? null})`);
  await insertIdentifier(db, workspace, {
    ...(row.identifierId === undefined ? {} : { id: row.identifierId }),
    // What a merged participant was known by belongs to the one that it became.
    participantId: row.mergedInto ?? id,
    kind: row.kind ?? identifyingKinds[channel][0],
    value: row.identifier,
    channel,
    displayName: row.displayName,
    firstSeenAt: row.firstSeenAt,
    seenByWebhook: row.seenByWebhook,
  });
  return id;
}

function statusOf(row: SeededParticipant): ParticipantStatus {
  return row.status ?? (row.recordId === undefined ? 'unlinked' : 'linked');
}

export async function insertIdentifier(
  db: Database,
  workspace: string,
  row: SeededIdentifier,
): Promise<string> {
  const id = row.id ?? randomUUID();
  await db.rows(sql`
    insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, display_name,
      first_seen_at, seen_by_webhook)
    values (${workspace}, ${row.kind}, ${row.value}, ${row.channel ?? 'email'}, ${id}, ${row.participantId},
      ${row.displayName ?? null}, ${row.firstSeenAt ?? seededAt}, ${row.seenByWebhook ?? true})`);
  await writeParticipantWords(db, workspace, row.participantId);
  return id;
}

export async function insertDecision(db: Database, workspace: string, row: SeededDecision): Promise<void> {
  await db.rows(sql`
    insert into participant_decision (workspace_id, participant_id, record_id, verdict, actor, at)
    values (${workspace}, ${row.participantId}, ${row.recordId}, ${row.verdict}, ${row.actor ?? 'key:unknown'},
      ${row.at ?? seededAt})`);
}

/** Answers the entry's id. */
export async function insertLinkEvent(
  db: Database,
  workspace: string,
  row: SeededLinkEvent,
): Promise<number> {
  const [entry] = await db.rows<{ id: number }>(sql`
    insert into link_event (workspace_id, participant_id, at, actor, action, reason, record_id, previous_record_id,
      method, confidence, evidence, before, caused_by, undoes)
    values (${workspace}, ${row.participantId}, ${row.at ?? seededAt}, ${row.actor ?? 'rule'}, ${row.action},
      ${row.reason}, ${row.recordId ?? null}, ${row.previousRecordId ?? null}, ${row.method ?? null},
      ${row.confidence ?? null}, ${jsonb(row.evidence ?? [])}, ${jsonb(row.before ?? {})}, ${row.causedBy ?? null},
      ${row.undoes ?? null})
    returning id`);
  return entry?.id ?? 0;
}
