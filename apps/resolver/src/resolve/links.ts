/*
 * Writes what was decided: the participants' new state, an entry in the history for each change, and the facts.
 *
 * This is the only place that changes a participant's link, so that no change is without its entry (Invariant 5).
 */
import type { Fact } from '@kith/contracts';
import { rowSet, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import type { Evidence, LinkState } from './decide.ts';

/** One participant's change, with who or what made it and on which evidence. */
export interface LinkChange {
  participantId: string;
  before: LinkState;
  after: LinkState;
  evidence: readonly Evidence[];
  /** `rule` for resolution, `key:<id>` for the caller of the API. */
  actor: string;
}

/** Applies the changes. `at` is when they were decided. */
export async function writeLinks(tx: Tx, changes: readonly LinkChange[], at: string): Promise<void> {
  if (changes.length === 0) return;
  await updateParticipants(tx, changes, at);
  await appendHistory(tx, changes, at);
  await refreshLastActivity(tx, changes);
  await writeFacts(tx, changes.flatMap(factsOf), at);
}

async function updateParticipants(tx: Tx, changes: readonly LinkChange[], at: string): Promise<void> {
  const rows = changes.map(({ participantId, after }) => ({
    id: participantId,
    record_id: after.recordId,
    status: after.status,
    method: after.method,
    confidence: after.confidence,
    manual: after.manual,
    resolved_at: after.status === 'unlinked' ? null : at,
  }));
  await tx.rows(sql`
    update participant p
    set record_id = input.record_id, status = input.status, method = input.method,
      confidence = input.confidence, manual = input.manual, resolved_at = input.resolved_at
    from ${rowSet(
      rows,
      'id uuid, record_id text, status text, method text, confidence float8, manual boolean, resolved_at timestamptz',
    )}
    where p.workspace_id = ${tx.workspace} and p.id = input.id`);
}

async function appendHistory(tx: Tx, changes: readonly LinkChange[], at: string): Promise<void> {
  const rows = changes.map(({ participantId, before, after, evidence, actor }) => ({
    participant_id: participantId,
    actor,
    action: after.status,
    record_id: after.recordId,
    previous_record_id: before.recordId,
    method: after.method,
    confidence: after.confidence,
    evidence: evidence.slice(0, 50),
  }));
  await tx.rows(sql`
    insert into link_event (workspace_id, participant_id, at, actor, action, record_id, previous_record_id,
      method, confidence, evidence)
    select ${tx.workspace}, participant_id, ${at}::timestamptz, actor, action, record_id, previous_record_id,
      method, confidence, evidence
    from ${rowSet(
      rows,
      'participant_id uuid, actor text, action text, record_id text, previous_record_id text, method text, ' +
        'confidence float8, evidence jsonb',
    )}`);
}

/** A record's newest activity is its participants' newest message, whoever they are now. */
async function refreshLastActivity(tx: Tx, changes: readonly LinkChange[]): Promise<void> {
  const recordIds = new Set(
    changes.flatMap(({ before, after }) =>
      before.recordId === after.recordId ? [] : [before.recordId, after.recordId],
    ),
  );
  const touched = [...recordIds].filter((id) => id !== null);
  if (touched.length === 0) return;
  await tx.rows(sql`
    update record r
    set last_activity_at = (
      select max(p.last_message_at) from participant p
      where p.workspace_id = r.workspace_id and p.record_id = r.record_id)
    where r.workspace_id = ${tx.workspace} and r.record_id = any(${textArray(touched)})`);
}

function factsOf(change: LinkChange): Fact[] {
  const { participantId, before, after } = change;
  const facts: Fact[] = [];
  if (before.recordId !== null && before.recordId !== after.recordId) {
    const data = { participantId, recordId: before.recordId };
    facts.push({ type: 'participant.unlinked', data });
    facts.push({ type: 'record.activity', data: { ...data, reason: 'unlinked' } });
  }
  if (after.recordId !== null && after.method !== null && after.confidence !== null) {
    const data = { participantId, recordId: after.recordId };
    const { method, confidence } = after;
    facts.push({ type: 'participant.linked', data: { ...data, method, confidence } });
    if (before.recordId !== after.recordId) {
      facts.push({ type: 'record.activity', data: { ...data, reason: 'linked' } });
    }
  }
  if (after.status === 'ambiguous') {
    const candidateCount = new Set(change.evidence.map((found) => found.recordId)).size;
    facts.push({ type: 'participant.ambiguous', data: { participantId, candidateCount } });
  }
  return facts;
}
