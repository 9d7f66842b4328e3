/*
 * What a workspace's tables say, without what may differ between equal histories: ids of conversations, times of
 * writing. Two orders of the same deliveries must give the same state, character for character.
 */
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The state of a workspace as comparable rows. */
export async function stateOf(db: Database, workspace = 'acme'): Promise<object> {
  const participants = await db.rows(sql`
    select p.identifier, p.display_name, p.status, p.record_id, p.method, p.confidence, p.last_message_at,
      (select count(*)::int from conversation_participant cp
        where cp.workspace_id = p.workspace_id and cp.participant_id = p.id) as conversations
    from participant p where workspace_id = ${workspace} order by identifier`);
  const conversations = await db.rows(sql`
    select c.subject, c.preview, c.message_count, c.last_message_at, c.kind,
      (select json_agg(m.external_id order by m.sent_at, m.id) from message m
        where m.workspace_id = c.workspace_id and m.conversation_id = c.id) as messages,
      (select json_agg(json_build_array(p.identifier, cp.role_rank, cp.last_message_at) order by p.identifier)
        from conversation_participant cp join participant p on p.workspace_id = cp.workspace_id
          and p.id = cp.participant_id
        where cp.workspace_id = c.workspace_id and cp.conversation_id = c.id) as people,
      (select json_agg(k.key order by k.key) from conversation_key k
        where k.workspace_id = c.workspace_id and k.conversation_id = c.id) as keys
    from conversation c where workspace_id = ${workspace}
    order by (select min(k.key) from conversation_key k
      where k.workspace_id = c.workspace_id and k.conversation_id = c.id)`);
  const named = await db.rows(sql`
    select m.external_id, p.identifier, mp.role from message_participant mp
    join message m on m.workspace_id = mp.workspace_id and m.id = mp.message_id
    join participant p on p.workspace_id = mp.workspace_id and p.id = mp.participant_id
    where mp.workspace_id = ${workspace} order by 1, 2, 3`);
  const records = await db.rows(sql`
    select record_id, last_activity_at from record where workspace_id = ${workspace} order by record_id`);
  return { participants, conversations, named, records };
}

/** The accounting's sums by outcome. */
export async function countsOf(db: Database, workspace = 'acme'): Promise<Record<string, number>> {
  const rows = await db.rows<{ outcome: string; count: number }>(sql`
    select outcome, sum(count)::int as count from accounting_count
    where workspace_id = ${workspace} group by outcome order by outcome`);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Empties every table, of every workspace. */
export async function clear(db: Database): Promise<void> {
  const tables = await db.rows<{ name: string }>(sql`select format('%I', tablename) as name from pg_tables
    where schemaname = 'public'`);
  await db.rows(sql.raw(`truncate ${tables.map(({ name }) => name).join(', ')}`));
}
