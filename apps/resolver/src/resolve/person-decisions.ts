/*
 * What a person says of a participant: it is this record, or it is not. A person's word stands above every rule
 * (Invariant 4): a link made here is never changed by resolution, and a record rejected here is never linked again
 * by itself.
 */
import { KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isId } from '../ids.ts';
import { decide, type LinkState } from './decide.ts';
import { loadFacts, type ParticipantFacts } from './facts.ts';
import { writeLinks } from './links.ts';

/** Who decides, and when. */
export interface Decision {
  actor: string;
  at: string;
}

/** Links the participant to the record. Answers whether it is newly linked. */
export async function linkByPerson(
  tx: Tx,
  input: { participantId: string; recordId: string; confidence: number; method: string },
  decision: Decision,
): Promise<{ linked: boolean }> {
  const facts = await readParticipant(tx, input.participantId);
  await requireRecord(tx, input.recordId);
  if (facts.internal) {
    throw new KithError(
      'participant_internal',
      'this participant is the company itself and cannot be linked',
      {
        field: 'participantId',
      },
    );
  }
  await tx.rows(sql`delete from participant_rejection where workspace_id = ${tx.workspace}
    and participant_id = ${input.participantId} and record_id = ${input.recordId}`);
  const already = facts.current.recordId === input.recordId;
  const { recordId, confidence, method } = input;
  const after: LinkState = { status: 'linked', recordId, confidence, method, manual: true };
  if (!isSameLink(facts.current, after)) {
    await writeLinks(tx, [{ ...changeOf(facts), after, actor: decision.actor }], decision.at);
  }
  return { linked: !already };
}

/** Takes the link away for good: no rule makes it again. Answers whether there was one. */
export async function unlinkByPerson(
  tx: Tx,
  input: { participantId: string },
  decision: Decision,
): Promise<{ unlinked: boolean }> {
  const facts = await readParticipant(tx, input.participantId);
  const { recordId } = facts.current;
  if (recordId === null) return { unlinked: false };
  await tx.rows(sql`
    insert into participant_rejection (workspace_id, participant_id, record_id, actor, at)
    values (${tx.workspace}, ${input.participantId}, ${recordId}, ${decision.actor}, ${decision.at})
    on conflict (workspace_id, participant_id, record_id) do update set actor = excluded.actor, at = excluded.at`);
  const evidence = facts.evidence.filter((found) => found.recordId !== recordId);
  const after = decide(
    { ...facts, evidence, current: { ...facts.current, recordId: null, manual: false } },
    'record',
  );
  await writeLinks(tx, [{ ...changeOf(facts), after, actor: decision.actor }], decision.at);
  return { unlinked: true };
}

const changeOf = (facts: ParticipantFacts) => ({
  participantId: facts.participantId,
  before: facts.current,
  evidence: facts.evidence,
});

function isSameLink(a: LinkState, b: LinkState): boolean {
  return (
    a.recordId === b.recordId &&
    a.method === b.method &&
    a.confidence === b.confidence &&
    a.manual === b.manual
  );
}

async function readParticipant(tx: Tx, participantId: string): Promise<ParticipantFacts> {
  const [facts] = isId(participantId) ? await loadFacts(tx, [participantId]) : [];
  if (facts !== undefined) return facts;
  throw new KithError('participant_not_found', 'no participant with this id', { field: 'participantId' });
}

async function requireRecord(tx: Tx, recordId: string): Promise<void> {
  const [record] = await tx.rows<{ deleted: boolean }>(sql`
    select deleted_at is not null as deleted from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (record === undefined) {
    throw new KithError('record_not_found', `no record "${recordId}"`, { field: 'recordId' });
  }
  if (record.deleted) {
    throw new KithError('record_deleted', `the record "${recordId}" is deleted`, { field: 'recordId' });
  }
}
