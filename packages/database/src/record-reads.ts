/*
 * Makes the read model of records again from participants.
 *
 * In the course of things that is not needed: triggers keep it in step (`record_reads_triggers`). It is there for a
 * database that was restored in parts, loaded with triggers off, or is doubted.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Rows, Tx } from './database.ts';
import { textArray } from './parameters.ts';

/** Makes the read model of these records again. Its triggers fill `record_message` and `record_channel`. */
export async function rebuildRecordReads(tx: Tx, recordIds: readonly string[]): Promise<void> {
  const ofRecords = sql`workspace_id = ${tx.workspace} and record_id = any(${textArray(recordIds)})`;
  for (const table of ['record_message', 'record_conversation', 'record_channel']) {
    await tx.rows(sql`delete from ${sql.identifier(table)} where ${ofRecords}`);
  }
  await tx.rows(sql`
    insert into record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
    select * from (${linkedConversations(tx.workspace, sql`p.record_id = any(${textArray(recordIds)})`)}) linked`);
}

/** The pairs that participants make, whatever the read model says, as the columns of `record_conversation`. */
export function linkedConversations(workspace: string, condition: SQL): SQL {
  return sql`
    select distinct c.workspace_id, c.id as conversation_id, p.record_id, c.channel, c.last_message_at
    from participant p
    join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
    join conversation c on c.workspace_id = cp.workspace_id and c.id = cp.conversation_id
    where p.workspace_id = ${workspace} and p.record_id is not null and ${condition}`;
}

/**
 * Fills the read model of a workspace that has none, in three statements instead of through the triggers: for a
 * database that is loaded as a whole.
 */
export async function fillRecordReads(db: Rows, workspace: string): Promise<void> {
  await db.rows(sql`insert into record_conversation (workspace_id, conversation_id, record_id, channel, last_message_at)
    ${linkedConversations(workspace, sql`true`)}`);
  await db.rows(sql`insert into record_message (workspace_id, record_id, channel, sent_at, message_id)
    select rc.workspace_id, rc.record_id, rc.channel, m.sent_at, m.id
    from record_conversation rc
    join message m on m.workspace_id = rc.workspace_id and m.conversation_id = rc.conversation_id
    where rc.workspace_id = ${workspace}`);
  await db.rows(sql`insert into record_channel (workspace_id, record_id, channel, conversation_count, message_count)
    select workspace_id, record_id, channel, sum(conversations), sum(messages) from (
      select workspace_id, record_id, channel, count(*) as conversations, 0 as messages from record_conversation
      where workspace_id = ${workspace} group by 1, 2, 3
      union all
      select workspace_id, record_id, channel, 0, count(*) from record_message
      where workspace_id = ${workspace} group by 1, 2, 3) counted
    group by 1, 2, 3`);
}
