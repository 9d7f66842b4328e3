/*
 * Two participants turn out to be one: everything of the others goes to the oldest, whose id stays; theirs go on
 * resolving through `merged_into`. What messages say is kept with identifiers, so no message is touched.
 *
 * The link that stays is the one that a single participant would have: the same record twice stays linked; one
 * linked and one not stays linked unless the other speaks for another record; two records are never both right, so
 * nothing is guessed. People's decisions stay with whom they were made of, and count for the whole.
 */
import { KithError } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import type { LinkState } from './decide.ts';
import { without } from './decide.ts';
import { type LinkChange, refreshLastActivity, writeLinks } from './links.ts';
import { refreshParticipantSearch } from '../search/participant-words.ts';
import { refreshParticipants } from './refresh-participants.ts';

/** Everything of `from` goes `into` the oldest. */
export interface ParticipantMerge {
  into: string;
  from: string[];
}

/** A participant as it was before a merge: enough to make it again. */
export interface MergedSide {
  participantId: string;
  identifierIds: string[];
  /** Participants that had merged into it before. */
  members: string[];
  link: LinkState;
}

/** `keys` are its identifiers and clues: `<kind> <value>`. */
type Known = MergedSide & { keys: string[] };

/**
 * Merges, and answers what each survivor gained besides what its link was made of: `<kind> <value>`. The survivors
 * are to be resolved after this.
 */
export async function mergeParticipants(
  tx: Tx,
  merges: readonly ParticipantMerge[],
  at: string,
  origin: { actor: string; undoes?: number } = { actor: 'rule' },
): Promise<Map<string, Set<string>>> {
  if (merges.length === 0) return new Map();
  const known = await readSides(
    tx,
    merges.flatMap(({ into, from }) => [into, ...from]),
  );
  const sideOf = (id: string): Known => {
    const side = known.get(id);
    if (side === undefined) throw new KithError('participant_not_found', `no live participant "${id}"`);
    return side;
  };
  await moveAll(tx, merges);
  const gained = new Map<string, Set<string>>();
  const kept = merges.map(({ into, from }): LinkChange => {
    const sides = [into, ...from].map(sideOf);
    const link = survivingLink(sides.map((side) => side.link));
    gained.set(into, keysBesides(sides, link));
    const restores = { into: toSide(sideOf(into)), from: from.map((id) => toSide(sideOf(id))) };
    return { ...entryOf(sideOf(into), link, origin), restores };
  });
  const entries = await writeLinks(tx, kept, at);
  const gone = merges.flatMap(({ into, from }) =>
    from.map((id): LinkChange => ({
      ...entryOf(sideOf(id), without('unlinked'), { actor: origin.actor }),
      causedBy: entries.get(into) ?? 0,
    })),
  );
  await writeLinks(tx, gone, at);
  await refreshParticipants(
    tx,
    merges.map(({ into }) => into),
  );
  await refreshParticipantSearch(
    tx,
    merges.flatMap(({ from }) => from),
  );
  await refreshLastActivity(
    tx,
    kept.map(({ after }) => after.recordId),
  );
  await writeFacts(
    tx,
    merges.flatMap(({ into, from }) =>
      from.map((id) => ({
        type: 'participant.merged' as const,
        data: { participantId: into, mergedParticipantId: id },
      })),
    ),
    at,
  );
  return gained;
}

/** The pairs among these live participants that a person said are not one. */
export async function separatedAmong(tx: Tx, participantIds: readonly string[]): Promise<[string, string][]> {
  const rows = await tx.rows<{ a: string; b: string }>(sql`
    with members as (
      select p.id, coalesce(p.merged_into, p.id) as live from participant p
      where p.workspace_id = ${tx.workspace}
        and (p.id = any(${uuidArray(participantIds)}) or p.merged_into = any(${uuidArray(participantIds)})))
    select distinct a.live as a, b.live as b
    from members a
    join participant_separation s on s.workspace_id = ${tx.workspace} and s.participant_a = a.id
    join members b on b.id = s.participant_b
    where a.live <> b.live`);
  return rows.map(({ a, b }) => [a, b]);
}

/** The link that the whole goes on from. */
function survivingLink(links: readonly LinkState[]): LinkState {
  const [first = without('unlinked')] = links;
  const manual = links.find((link) => link.manual);
  if (manual !== undefined) return manual;
  const linked = links.filter((link) => link.recordId !== null);
  if (new Set(linked.map((link) => link.recordId)).size > 1) return without('unlinked');
  if (linked.length === 0) return first;
  return linked.reduce((best, link) => ((link.confidence ?? 0) > (best.confidence ?? 0) ? link : best));
}

/** The identifiers that the surviving link was made without. */
function keysBesides(sides: readonly Known[], link: LinkState): Set<string> {
  return new Set(
    sides.flatMap((side) =>
      link.recordId !== null && side.link.recordId === link.recordId ? [] : side.keys,
    ),
  );
}

function entryOf(
  side: MergedSide,
  after: LinkState,
  { actor, undoes }: { actor: string; undoes?: number },
): LinkChange {
  return {
    participantId: side.participantId,
    before: side.link,
    after,
    evidence: [],
    actor,
    action: 'merged',
    reason: undoes === undefined ? 'participants_merged' : 'undo',
    ...(undoes === undefined ? {} : { undoes }),
  };
}

const toSide = ({ participantId, identifierIds, members, link }: Known): MergedSide => ({
  participantId,
  identifierIds,
  members,
  link,
});

async function readSides(tx: Tx, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await tx.rows<LinkState & Omit<Known, 'link'>>(sql`
    select p.id as "participantId", p.status, p.record_id as "recordId", p.method, p.confidence, p.manual,
      p.candidates,
      array(select i.id from participant_identifier i
        where i.workspace_id = p.workspace_id and i.participant_id = p.id order by i.id) as "identifierIds",
      array(
        select i.kind || ' ' || i.value from participant_identifier i
        where i.workspace_id = p.workspace_id and i.participant_id = p.id
        union
        select c.kind || ' ' || c.value from participant_identifier i
        join participant_clue c on c.workspace_id = i.workspace_id and c.identifier_id = i.id
        where i.workspace_id = p.workspace_id and i.participant_id = p.id) as keys,
      array(select m.id from participant m
        where m.workspace_id = p.workspace_id and m.merged_into = p.id order by m.id) as members
    from participant p
    where p.workspace_id = ${tx.workspace} and p.id = any(${uuidArray(ids)}) and p.merged_into is null`);
  return new Map(
    rows.map(({ participantId, identifierIds, keys, members, ...link }) => [
      participantId,
      { participantId, identifierIds, keys, members, link },
    ]),
  );
}

async function moveAll(tx: Tx, merges: readonly ParticipantMerge[]): Promise<void> {
  const pairs = merges.flatMap(({ into, from }) => from.map((id) => ({ into_id: into, from_id: id })));
  const input = rowSet(pairs, 'into_id uuid, from_id uuid');
  const { workspace } = tx;
  await tx.rows(sql`update participant_identifier i set participant_id = input.into_id from ${input}
    where i.workspace_id = ${workspace} and i.participant_id = input.from_id`);
  await tx.rows(sql`
    with gone as (
      delete from conversation_participant cp using ${input}
      where cp.workspace_id = ${workspace} and cp.participant_id = input.from_id
      returning cp.conversation_id, input.into_id, cp.role_rank, cp.last_message_at)
    insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
    select ${workspace}, conversation_id, into_id, min(role_rank), max(last_message_at)
    from gone group by conversation_id, into_id
    on conflict (workspace_id, conversation_id, participant_id) do update
      set role_rank = least(conversation_participant.role_rank, excluded.role_rank)`);
  await tx.rows(sql`update participant p set merged_into = input.into_id, dismissed = false, message_count = 0 from ${input}
    where p.workspace_id = ${workspace} and (p.id = input.from_id or p.merged_into = input.from_id)`);
}
