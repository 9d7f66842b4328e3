/*
 * Writes what was decided: the participants' new state, an entry in the history for each change, and the facts.
 *
 * This is the only place that changes a participant's link, so that no change is without its entry (Invariant 5):
 * the last entry of a participant always says what its link is.
 */
import type { LinkAction, LinkReason } from '@kith/contracts';
import { rowSet, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import type { Evidence, LinkState } from './decide.ts';
import { factsOf } from './link-facts.ts';

/** One participant's change, with who or what made it, why, and on which evidence. */
export interface LinkChange {
  participantId: string;
  before: LinkState;
  after: LinkState;
  evidence: readonly Evidence[];
  /** `rule` for resolution, `key:<id>` for the caller of the API. */
  actor: string;
  reason: LinkReason;
  /** What to call it where the new state does not say it: `rejected`, `dismissed`, `merged`, `split`. */
  action?: LinkAction;
  /** What undoing it restores besides the link. */
  restores?: object;
  causedBy?: number;
  undoes?: number;
}

/** Of how many records' evidence an entry keeps; `participants.explain` shows what holds now. */
const evidenceMax = 50;

/** Applies the changes and answers the entry of each, by participant. `at` is when they were decided. */
export async function writeLinks(
  tx: Tx,
  changes: readonly LinkChange[],
  at: string,
): Promise<Map<string, number>> {
  if (changes.length === 0) return new Map();
  await updateParticipants(tx, changes, at);
  const entries = await appendHistory(tx, changes, at);
  await refreshLastActivity(
    tx,
    changes.flatMap(({ before, after }) =>
      before.recordId === after.recordId ? [] : [before.recordId, after.recordId],
    ),
  );
  await writeFacts(tx, changes.flatMap(factsOf), at);
  return entries;
}

/** A record's newest activity is its participants' newest message, whoever they are now. */
export async function refreshLastActivity(tx: Tx, recordIds: readonly (string | null)[]): Promise<void> {
  const touched = [...new Set(recordIds)].filter((id) => id !== null);
  if (touched.length === 0) return;
  await tx.rows(sql`
    update record r
    set last_activity_at = (
      select max(p.last_message_at) from participant p
      where p.workspace_id = r.workspace_id and p.record_id = r.record_id)
    where r.workspace_id = ${tx.workspace} and r.record_id = any(${textArray(touched)})`);
}

async function updateParticipants(tx: Tx, changes: readonly LinkChange[], at: string): Promise<void> {
  const rows = changes.map(({ participantId, after }) => ({
    id: participantId,
    record_id: after.recordId,
    status: after.status,
    method: after.method,
    confidence: after.confidence,
    manual: after.manual,
    candidates: after.candidates,
    resolved_at: after.status === 'unlinked' ? null : at,
  }));
  const columns =
    'id uuid, record_id text, status text, method text, confidence float8, manual boolean, candidates text[], ' +
    'resolved_at timestamptz';
  await tx.rows(sql`
    update participant p
    set record_id = input.record_id, status = input.status, method = input.method,
      confidence = input.confidence, manual = input.manual, candidates = input.candidates,
      dismissed = p.dismissed and p.status = input.status and p.candidates = input.candidates,
      resolved_at = input.resolved_at
    from ${rowSet(rows, columns)}
    where p.workspace_id = ${tx.workspace} and p.id = input.id`);
}

async function appendHistory(
  tx: Tx,
  changes: readonly LinkChange[],
  at: string,
): Promise<Map<string, number>> {
  const rows = changes.map((change) => ({
    participant_id: change.participantId,
    actor: change.actor,
    action: change.action ?? actionOf(change.after),
    reason: change.reason,
    status: change.after.status,
    record_id: change.after.recordId,
    previous_record_id: change.before.recordId,
    method: change.after.method,
    confidence: change.after.confidence,
    evidence: change.evidence.slice(0, evidenceMax),
    before: { link: change.before, ...change.restores },
    caused_by: change.causedBy ?? null,
    undoes: change.undoes ?? null,
  }));
  const columns =
    'participant_id uuid, actor text, action text, reason text, status text, record_id text, ' +
    'previous_record_id text, method text, confidence float8, evidence jsonb, before jsonb, caused_by bigint, ' +
    'undoes bigint';
  const entries = await tx.rows<{ id: number; participantId: string }>(sql`
    insert into link_event (workspace_id, participant_id, at, actor, action, reason, status, record_id,
      previous_record_id, method, confidence, evidence, before, caused_by, undoes)
    select ${tx.workspace}, participant_id, ${at}::timestamptz, actor, action, reason, status, record_id,
      previous_record_id, method, confidence, evidence, before, caused_by, undoes
    from ${rowSet(rows, columns)}
    returning id, participant_id as "participantId"`);
  return new Map(entries.map(({ id, participantId }) => [participantId, id]));
}

function actionOf(after: LinkState): LinkAction {
  return after.status === 'linked' && after.candidates.length > 0 ? 'contested' : after.status;
}
