/*
 * Undoes a merge of participants: both sides get back what was theirs, and no delivery merges them again.
 *
 * Identifiers that came after the merge stay with the survivor. Links are not copied back but decided again, from
 * the link each side had and from what is true now: what a record lost meanwhile stays lost.
 */
import { KithError, ParticipantRole } from '@kith/contracts';
import { rowSet, textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { loadFacts } from '../resolve/facts.ts';
import { refreshLastActivity, writeLinks } from '../resolve/links.ts';
import type { MergedSide } from '../resolve/merge-participants.ts';
import { refreshParticipants } from '../resolve/refresh-participants.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import type { Stamp } from './take-words.ts';

/** The merge to undo: its entry in the history, and the sides as they were. */
export interface MergeEntry {
  eventId: number;
  into: MergedSide;
  from: MergedSide[];
}

/** Splits what the merge joined. Answers the entry of the split. */
export async function splitParticipants(tx: Tx, merge: MergeEntry, stamp: Stamp): Promise<number> {
  const survivor = await findSurvivor(tx, merge);
  await restoreRows(tx, merge.from, survivor);
  await recountConversations(tx, [survivor, ...merge.from.map(({ participantId }) => participantId)]);
  await keepApart(tx, [survivor, ...merge.from.map(({ participantId }) => participantId)], stamp);
  const ids = [survivor, ...merge.from.map(({ participantId }) => participantId)];
  await refreshParticipants(tx, ids);
  const [facts] = await loadFacts(tx, [survivor]);
  if (facts === undefined) throw new KithError('undo_conflict', 'the participant is not there any more');
  const change = {
    participantId: survivor,
    before: facts.current,
    after: facts.current,
    evidence: [],
    actor: stamp.actor,
    reason: 'undo' as const,
    action: 'split' as const,
    undoes: merge.eventId,
    restores: { from: merge.from.map(({ participantId }) => participantId) },
  };
  const eventId = (await writeLinks(tx, [change], stamp.at)).get(survivor) ?? 0;
  const restored = new Map(merge.from.map(({ participantId, link }) => [participantId, link]));
  if (survivor === merge.into.participantId && !facts.current.manual) restored.set(survivor, merge.into.link);
  await resolveParticipants(tx, ids, {
    reason: 'participants_split',
    actor: stamp.actor,
    at: stamp.at,
    causedBy: eventId,
    from: restored,
  });
  await refreshLastActivity(tx, [facts.current.recordId]);
  await writeFacts(
    tx,
    merge.from.map(({ participantId }) => ({
      type: 'participant.split' as const,
      data: { participantId: survivor, splitParticipantId: participantId },
    })),
    stamp.at,
  );
  return eventId;
}

/** Takes back that these were kept apart, so that they can be one again. */
export async function joinAgain(tx: Tx, participantIds: readonly string[]): Promise<void> {
  await tx.rows(sql`delete from participant_separation
    where workspace_id = ${tx.workspace} and participant_a = any(${uuidArray(participantIds)})
      and participant_b = any(${uuidArray(participantIds)})`);
}

/** Whom the merged ones belong to now: the survivor, or what it has merged into since. */
async function findSurvivor(tx: Tx, merge: MergeEntry): Promise<string> {
  const ids = merge.from.map(({ participantId }) => participantId);
  const rows = await tx.rows<{ live: string | null }>(sql`
    select merged_into as live from participant
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(ids)})`);
  const live = new Set(rows.map((row) => row.live));
  const [survivor] = live;
  if (live.size === 1 && survivor !== null && survivor !== undefined) return survivor;
  throw new KithError('undo_conflict', 'what this merge joined is not together any more', {
    field: 'eventId',
  });
}

async function restoreRows(tx: Tx, sides: readonly MergedSide[], survivor: string): Promise<void> {
  const identifiers = sides.flatMap(({ participantId, identifierIds }) =>
    identifierIds.map((id) => ({ participant_id: participantId, id })),
  );
  const members = sides.flatMap(({ participantId, members: ids }) =>
    ids.map((id) => ({ participant_id: participantId, id })),
  );
  const ids = sides.map(({ participantId }) => participantId);
  await tx.rows(sql`update participant_identifier i set participant_id = input.participant_id
    from ${rowSet(identifiers, 'participant_id uuid, id uuid')}
    where i.workspace_id = ${tx.workspace} and i.id = input.id and i.participant_id = ${survivor}`);
  await tx.rows(sql`update participant p set merged_into = input.participant_id
    from ${rowSet(members, 'participant_id uuid, id uuid')}
    where p.workspace_id = ${tx.workspace} and p.id = input.id and p.merged_into = ${survivor}`);
  await tx.rows(sql`update participant set merged_into = null
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(ids)})`);
}

/** Who takes part in the survivor's conversations follows from the identifiers that its messages name. */
async function recountConversations(tx: Tx, participantIds: readonly string[]): Promise<void> {
  const [survivor = ''] = participantIds;
  await tx.rows(sql`
    with shared as materialized (
      select conversation_id, last_message_at from conversation_participant
      where workspace_id = ${tx.workspace} and participant_id = ${survivor}),
    named as materialized (
      select m.conversation_id, i.participant_id,
        min(array_position(${textArray(ParticipantRole.options)}, mp.role) - 1) as role_rank
      from shared
      join message m on m.workspace_id = ${tx.workspace} and m.conversation_id = shared.conversation_id
      join message_participant mp on mp.workspace_id = m.workspace_id and mp.message_id = m.id
      join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
        and i.participant_id = any(${uuidArray(participantIds)})
      group by m.conversation_id, i.participant_id),
    gone as (
      delete from conversation_participant cp
      where cp.workspace_id = ${tx.workspace} and cp.participant_id = ${survivor}
        and not exists (
          select 1 from named n
          where n.conversation_id = cp.conversation_id and n.participant_id = cp.participant_id))
    insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
    select ${tx.workspace}, n.conversation_id, n.participant_id, n.role_rank, shared.last_message_at
    from named n join shared using (conversation_id)
    on conflict (workspace_id, conversation_id, participant_id) do update set role_rank = excluded.role_rank`);
}

async function keepApart(tx: Tx, participantIds: readonly string[], { actor, at }: Stamp): Promise<void> {
  const sorted = participantIds.toSorted();
  const pairs = sorted.flatMap((a, index) => sorted.slice(index + 1).map((b) => ({ a, b })));
  await tx.rows(sql`
    insert into participant_separation (workspace_id, participant_a, participant_b, actor, at)
    select ${tx.workspace}, a, b, ${actor}, ${at}::timestamptz from ${rowSet(pairs, 'a uuid, b uuid')}
    on conflict do nothing`);
}
