/*
 * What people say in review besides linking: not this record, or not now.
 */
import { KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { LinkState } from '../resolve/decide.ts';
import { loadFacts } from '../resolve/facts.ts';
import { writeLinks } from '../resolve/links.ts';
import { findParticipants } from './find.ts';
import { type Stamp, takeWords } from './take-words.ts';

/**
 * With a record: the participant is not that record, for good. Without: it leaves the review list until its
 * candidates or its link change. Answers whether anything changed, and the entry by which to undo it.
 */
export async function dismissInReview(
  tx: Tx,
  input: { participantId: string; recordId: string | null },
  stamp: Stamp,
): Promise<{ dismissed: boolean; eventId: string | null }> {
  const [participantId = ''] = await findParticipants(tx, [input.participantId]);
  if (input.recordId === null) return leaveList(tx, participantId, stamp);
  await requireKnown(tx, input.recordId);
  const word = { participantId, recordId: input.recordId, method: null, confidence: null };
  const [decided] = await takeWords(tx, [{ ...word, verdict: 'is_not' }], stamp);
  return {
    dismissed: decided !== undefined,
    eventId: decided === undefined ? null : String(decided.eventId),
  };
}

/** Takes a participant off the review list, or puts it back. */
export async function setDismissed(tx: Tx, participantId: string, dismissed: boolean): Promise<void> {
  await tx.rows(sql`update participant set dismissed = ${dismissed}
    where workspace_id = ${tx.workspace} and id = ${participantId}`);
}

async function leaveList(tx: Tx, participantId: string, { actor, at }: Stamp) {
  const [facts] = await loadFacts(tx, [participantId]);
  if (facts === undefined || !isListed(facts.current)) return { dismissed: false, eventId: null };
  if (await isDismissed(tx, participantId)) return { dismissed: false, eventId: null };
  const { current, evidence } = facts;
  const change = {
    participantId,
    before: current,
    after: current,
    evidence,
    actor,
    reason: 'person' as const,
    action: 'dismissed' as const,
    restores: { dismissed: false },
  };
  const entries = await writeLinks(tx, [change], at);
  await setDismissed(tx, participantId, true);
  return { dismissed: true, eventId: String(entries.get(participantId) ?? '') };
}

/** What `review.list` can show: whatever is not settled. */
function isListed({ status, candidates }: LinkState): boolean {
  return status === 'unlinked' || candidates.length > 0;
}

async function isDismissed(tx: Tx, participantId: string): Promise<boolean> {
  const [row] = await tx.rows<{ dismissed: boolean }>(sql`select dismissed from participant
    where workspace_id = ${tx.workspace} and id = ${participantId}`);
  return row?.dismissed === true;
}

/** Also a deleted record can be ruled out: it may come back. */
async function requireKnown(tx: Tx, recordId: string): Promise<void> {
  const rows = await tx.rows(sql`select 1 from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (rows.length > 0) return;
  throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
}
