/* The words by which seeded rows are found, as the resolver would have written them. */
import type { Database } from '@kith/database';
import { messageVector, nameVector } from '@kith/search';
import { sql } from 'drizzle-orm';

export async function writeRecordWords(db: Database, workspace: string, recordId: string): Promise<void> {
  const [row] = await db.rows<{ names: string[] }>(sql`
    select array_remove(array_prepend(r.title, array(select i.value from record_identifier i
      where i.workspace_id = r.workspace_id and i.record_id = r.record_id)), null) as names
    from record r where r.workspace_id = ${workspace} and r.record_id = ${recordId}`);
  await db.rows(sql`insert into record_search (workspace_id, record_id, words)
    values (${workspace}, ${recordId}, ${nameVector(workspace, row?.names ?? [])}::tsvector)`);
}

export async function writeParticipantWords(db: Database, workspace: string, id: string): Promise<void> {
  const [row] = await db.rows<{ names: string[] }>(sql`
    select array_remove(array_prepend(p.display_name, array(
      select unnest(array[i.display_name, i.value]) from participant_identifier i
      where i.workspace_id = p.workspace_id and i.participant_id = p.id)), null) as names
    from participant p where p.workspace_id = ${workspace} and p.id = ${id} and p.merged_into is null`);
  if (row === undefined) return;
  await db.rows(sql`insert into participant_search (workspace_id, participant_id, words)
    values (${workspace}, ${id}, ${nameVector(workspace, row.names)}::tsvector)
    on conflict (workspace_id, participant_id) do update set words = excluded.words`);
}

export async function writeMessageWords(db: Database, workspace: string, id: string): Promise<void> {
  const [row] = await db.rows<{
    channel: string;
    sentAt: string;
    subject: string | null;
    body: string;
    people: string[];
  }>(sql`
    select m.channel, m.sent_at as "sentAt", m.subject,
      coalesce(m.edited_text, nullif(m.new_text, ''), m.text) as body,
      array(select concat_ws(' ', mp.display_name, i.value) from message_participant mp
        join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
        where mp.workspace_id = m.workspace_id and mp.message_id = m.id) as people
    from message m where m.workspace_id = ${workspace} and m.id = ${id} and m.deleted_at is null`);
  if (row === undefined) return;
  const { channel, sentAt, ...text } = row;
  await db.rows(sql`insert into message_search (workspace_id, message_id, channel, sent_at, words)
    values (${workspace}, ${id}, ${channel}, ${sentAt},
      ${messageVector({ workspace, channel, sentAt }, text)}::tsvector)`);
}
