import { type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Evidence, Facts, LinkState } from './decide.ts';

/** A participant with what is known of it. */
export interface ParticipantFacts extends Facts {
  participantId: string;
}

interface Row extends LinkState {
  participantId: string;
  internal: boolean;
  evidence: Evidence[];
}

/**
 * What is known of the participants: one statement, whose cost grows with them and the records that hold their
 * identifiers, never with the size of a table.
 */
export async function loadFacts(tx: Tx, participantIds: readonly string[]): Promise<ParticipantFacts[]> {
  const rows = await tx.rows<Row>(sql`
    select p.id as "participantId", p.status, p.record_id as "recordId", p.method, p.confidence, p.manual,
      exists (
        select 1 from participant_identifier pi
        join account_identifier ai using (workspace_id, kind, value)
        where pi.workspace_id = p.workspace_id and pi.participant_id = p.id) as internal,
      coalesce((
        select json_agg(json_build_object(
          'recordId', ri.record_id, 'kind', ri.kind, 'value', ri.value, 'field', ri.field)
          order by ri.record_id, ri.kind, ri.value, ri.field)
        from participant_identifier pi
        join record_identifier ri using (workspace_id, kind, value)
        join record r on r.workspace_id = ri.workspace_id and r.record_id = ri.record_id and r.deleted_at is null
        where pi.workspace_id = p.workspace_id and pi.participant_id = p.id
          and not exists (
            select 1 from participant_rejection pr
            where pr.workspace_id = p.workspace_id and pr.participant_id = p.id
              and pr.record_id = ri.record_id)
      ), '[]'::json) as evidence
    from participant p
    where p.workspace_id = ${tx.workspace} and p.id = any(${uuidArray(participantIds)})
    order by p.id`);
  return rows.map(({ participantId, internal, evidence, ...current }) => ({
    participantId,
    internal,
    evidence,
    current,
  }));
}
