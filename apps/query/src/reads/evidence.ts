/*
 * Why a participant may belong to a record, as things are now: what both are known by. One statement for any number
 * of participants, whose cost grows with their identifiers and with the records that were asked for.
 */
import type { Evidence } from '@kith/contracts';
import { rowSet, type Rows, textArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { withKnown } from './known-identifiers.ts';

/** A participant and a record of which one asks what they share. */
export interface Pair {
  participantId: string;
  recordId: string;
}

/** What each pair shares, by `pairKey`; a pair that shares nothing is absent. */
export type EvidenceByPair = ReadonlyMap<string, Evidence[]>;

/** The key of a pair in a map. An id of a participant has no space. */
export const pairKey = ({ participantId, recordId }: Pair): string => `${participantId} ${recordId}`;

/**
 * What the pairs share, by kind, value and field. It counts from when both sides were known; whichever came last
 * made the match. Deleted records share nothing, nor does what a person has ruled out.
 */
export async function readEvidence(
  db: Rows,
  workspace: string,
  pairs: readonly Pair[],
): Promise<EvidenceByPair> {
  if (pairs.length === 0) return new Map();
  const wanted = pairs.map(({ participantId, recordId }) => ({
    participant_id: participantId,
    record_id: recordId,
  }));
  // By the records: an identifier may be that of thousands, of which few are asked for.
  const rows = await db.rows<Evidence & { participantId: string }>(sql`
    with ${withKnown({ workspace, ids: idsOf(pairs) })},
      wanted as materialized (select * from ${rowSet(wanted, 'participant_id uuid, record_id text')}),
      held as materialized (
        select ri.kind, ri.value, ri.record_id, ri.source_record_id, ri.field, ri.since
        from record_identifier ri
        join record r on r.workspace_id = ri.workspace_id and r.record_id = ri.record_id and r.deleted_at is null
        where ri.workspace_id = ${workspace} and ri.record_id = any(${textArray(recordsOf(pairs))}))
    select known.participant_id as "participantId", held.kind, held.value, held.record_id as "recordId", held.field,
      greatest(min(known.first_seen_at), min(held.since)) as "observedAt",
      case when min(held.since) > min(known.first_seen_at) then 'record'
        when bool_or(known.seen_by_webhook) then 'webhook' else 'sync' end as origin
    from wanted
    join known on known.participant_id = wanted.participant_id
    join held on held.record_id = wanted.record_id and held.kind = known.kind and held.value = known.value
    where ${isNotRuledOut(sql`held`)}
    group by known.participant_id, held.record_id, held.kind, held.value, held.field
    order by known.participant_id, held.record_id, held.kind, held.value, held.field`);
  return byPair(rows);
}

/**
 * How many records hold something that a participant is known by, besides the one it is linked to. It reads each of
 * them: for one participant at a time, never for a list.
 */
export async function countHolders(
  db: Rows,
  workspace: string,
  participant: { id: string; recordId: string | null },
): Promise<number> {
  const [row] = await db.rows<{ count: number }>(sql`
    with ${withKnown({ workspace, ids: [participant.id] })}
    select count(distinct ri.record_id) as count
    from known
    join record_identifier ri
      on ri.workspace_id = ${workspace} and ri.kind = known.kind and ri.value = known.value
    join record r on r.workspace_id = ri.workspace_id and r.record_id = ri.record_id and r.deleted_at is null
    where ri.record_id is distinct from ${participant.recordId} and ${isNotRuledOut(sql`ri`)}`);
  return row?.count ?? 0;
}

/** The condition that no person said of `known` that it is not the record of a row, or the one whose field it is. */
function isNotRuledOut(row: SQL): SQL {
  return sql`not exists (
    select 1 from ruled_out o where o.participant_id = known.participant_id
      and o.record_id in (${row}.record_id, ${row}.source_record_id))`;
}

const recordsOf = (pairs: readonly Pair[]): string[] => [...new Set(pairs.map((pair) => pair.recordId))];

const idsOf = (pairs: readonly Pair[]): string[] => [...new Set(pairs.map((pair) => pair.participantId))];

function byPair(rows: readonly (Evidence & { participantId: string })[]): EvidenceByPair {
  const found = new Map<string, Evidence[]>();
  for (const { participantId, ...evidence } of rows) {
    const key = pairKey({ participantId, recordId: evidence.recordId });
    const shared = found.get(key);
    if (shared === undefined) found.set(key, [evidence]);
    else shared.push(evidence);
  }
  return found;
}
