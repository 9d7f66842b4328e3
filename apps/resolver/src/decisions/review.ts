/*
 * What people say in review besides linking: not this record, or not now.
 */
import { KithError } from '@kith/contracts';
import { type Tx, uuidArray } from '@kith/database';
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
  if (input.recordId === null) {
    const [eventId] = await leaveList(tx, [participantId], stamp);
    return { dismissed: eventId !== undefined, eventId: eventId ?? null };
  }
  await requireKnown(tx, input.recordId);
  const word = { participantId, recordId: input.recordId, method: null, confidence: null };
  const [decided] = await takeWords(tx, [{ ...word, verdict: 'is_not' }], stamp);
  return {
    dismissed: decided !== undefined,
    eventId: decided === undefined ? null : String(decided.eventId),
  };
}

/**
 * Takes participants off the review list until their candidates or links change, and answers the entries by which to undo
 * it; those that are not on it are left as they are. `field` names where in the input a participant stands.
 */
export async function dismissMany(
  tx: Tx,
  participantIds: readonly string[],
  options: Stamp & { field(index: number): string },
): Promise<string[]> {
  const found = await findParticipants(tx, participantIds, (index) => options.field(index));
  return leaveList(tx, [...new Set(found)], options);
}

/** Takes participants off the review list, or puts them back. */
export async function setDismissed(
  tx: Tx,
  participantIds: readonly string[],
  dismissed: boolean,
): Promise<void> {
  await tx.rows(sql`update participant set dismissed = ${dismissed}
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(participantIds)})`);
}

async function leaveList(tx: Tx, participantIds: readonly string[], { actor, at }: Stamp): Promise<string[]> {
  const dismissed = await findDismissed(tx, participantIds);
  const facts = await loadFacts(tx, participantIds);
  const changes = facts
    .filter(({ participantId, current }) => isListed(current) && !dismissed.has(participantId))
    .map(({ participantId, current, evidence }) => ({
      participantId,
      before: current,
      after: current,
      evidence,
      actor,
      reason: 'person' as const,
      action: 'dismissed' as const,
      restores: { dismissed: false },
    }));
  const leaving = changes.map(({ participantId }) => participantId);
  const entries = await writeLinks(tx, changes, at);
  await setDismissed(tx, leaving, true);
  return leaving.map((participantId) => String(entries.get(participantId) ?? ''));
}

/** What `review.list` can show: whatever is not settled. */
function isListed({ status, candidates }: LinkState): boolean {
  return status === 'unlinked' || candidates.length > 0;
}

async function findDismissed(tx: Tx, participantIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(sql`select id from participant
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(participantIds)}) and dismissed`);
  return new Set(rows.map(({ id }) => id));
}

/** Also a deleted record can be ruled out: it may come back. */
async function requireKnown(tx: Tx, recordId: string): Promise<void> {
  const rows = await tx.rows(sql`select 1 from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (rows.length > 0) return;
  throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
}
