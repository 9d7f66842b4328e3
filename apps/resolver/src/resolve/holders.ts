import type { Identifier } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The participants that have any of the identifiers. */
export async function participantsHolding(tx: Tx, identifiers: readonly Identifier[]): Promise<string[]> {
  if (identifiers.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct pi.participant_id as id
    from ${rowSet(identifiers, 'kind text, value text')}
    join participant_identifier pi
      on pi.workspace_id = ${tx.workspace} and pi.kind = input.kind and pi.value = input.value
    order by id`);
  return rows.map((row) => row.id);
}
