import type { Identifier } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The participants that are known by any of the identifiers, also by what came with them as a clue. */
export async function participantsHolding(tx: Tx, identifiers: readonly Identifier[]): Promise<string[]> {
  if (identifiers.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    with input as materialized (select distinct kind, value from ${rowSet(identifiers, 'kind text, value text')})
    select pi.participant_id as id from input
    join participant_identifier pi
      on pi.workspace_id = ${tx.workspace} and pi.kind = input.kind and pi.value = input.value
    union
    select pi.participant_id from input
    join participant_clue c on c.workspace_id = ${tx.workspace} and c.kind = input.kind and c.value = input.value
    join participant_identifier pi on pi.workspace_id = c.workspace_id and pi.id = c.identifier_id
    order by id`);
  return rows.map((row) => row.id);
}
