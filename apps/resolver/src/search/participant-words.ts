/* Keeps what participants are searched by in step with their names and identifiers; whoever merged is found as the other. */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { nameVector } from '@kith/search';
import { sql } from 'drizzle-orm';

/** Writes the words of the participants that are there, and removes those of participants that merged into others. */
export async function refreshParticipantSearch(tx: Tx, participantIds: readonly string[]): Promise<void> {
  const ids = [...new Set(participantIds)];
  if (ids.length === 0) return;
  const participants = await tx.rows<{ id: string; names: string[] }>(sql`
    select p.id, array_remove(array_prepend(p.display_name, array(
      select distinct unnest(array[i.display_name, i.value]) from participant_identifier i
      where i.workspace_id = p.workspace_id and i.participant_id = p.id)), null) as names
    from participant p
    where p.workspace_id = ${tx.workspace} and p.id = any(${uuidArray(ids)}) and p.merged_into is null`);
  const rows = participants.map(({ id, names }) => ({ id, words: nameVector(tx.workspace, names) }));
  if (rows.length > 0) {
    await tx.rows(sql`
      insert into participant_search (workspace_id, participant_id, words)
      select ${tx.workspace}, id, words::tsvector from ${rowSet(rows, 'id uuid, words text')}
      on conflict (workspace_id, participant_id) do update set words = excluded.words
        where participant_search.words <> excluded.words`);
  }
  if (rows.length === ids.length) return;
  await tx.rows(sql`
    delete from participant_search s
    where s.workspace_id = ${tx.workspace} and s.participant_id = any(${uuidArray(ids)})
      and s.participant_id <> all(${uuidArray(rows.map(({ id }) => id))})`);
}
