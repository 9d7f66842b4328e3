/*
 * Keeps what lists show of conversations and records in step with the messages of a batch: counts, times, subject
 * and preview. One pass for the whole batch; each row is written once however many messages it gained.
 */
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';

/** A record that gained a message. */
export interface RecordActivity {
  recordId: string;
  messageId: string;
  conversationId: string;
}

/** Brings the conversations up to date; `gained` is how many new messages each has, 0 after a merge alone. */
export async function refreshConversations(tx: Tx, gained: ReadonlyMap<string, number>): Promise<void> {
  const ids = uuidArray([...gained.keys()]);
  const counts = sql`${sql.param([...gained.values()])}::int[]`;
  await tx.rows(sql`
    update conversation c
    set message_count = c.message_count + input.gained, last_message_at = newest.sent_at,
      preview = left(trim(regexp_replace(left(newest.text, 1000), '\\s+', ' ', 'g')), 200), subject = oldest.subject
    from unnest(${ids}, ${counts}) as input(id, gained)
    cross join lateral (
      select m.sent_at, m.text from message m
      where m.workspace_id = ${tx.workspace} and m.conversation_id = input.id
      order by m.sent_at desc, m.id desc limit 1) newest
    cross join lateral (
      select m.subject from message m
      where m.workspace_id = ${tx.workspace} and m.conversation_id = input.id
      order by m.sent_at, m.id limit 1) oldest
    where c.workspace_id = ${tx.workspace} and c.id = input.id`);
  await tx.rows(sql`
    update conversation_participant cp set last_message_at = c.last_message_at
    from conversation c
    where c.workspace_id = ${tx.workspace} and c.id = any(${ids})
      and cp.workspace_id = c.workspace_id and cp.conversation_id = c.id
      and cp.last_message_at <> c.last_message_at`);
  await tx.rows(sql`
    update participant p set last_message_at = newest.at
    from (
      select participant_id, max(last_message_at) as at from conversation_participant
      where workspace_id = ${tx.workspace} and conversation_id = any(${ids})
      group by participant_id) newest
    where p.workspace_id = ${tx.workspace} and p.id = newest.participant_id
      and (p.last_message_at is null or p.last_message_at < newest.at)`);
}

/** The records whose conversations gained the messages, with their newest activity moved on. */
export async function refreshRecords(tx: Tx, messageIds: readonly string[]): Promise<RecordActivity[]> {
  if (messageIds.length === 0) return [];
  const activity = await tx.rows<RecordActivity>(sql`
    select distinct p.record_id as "recordId", m.id as "messageId", m.conversation_id as "conversationId"
    from message m
    join conversation_participant cp
      on cp.workspace_id = m.workspace_id and cp.conversation_id = m.conversation_id
    join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
    where m.workspace_id = ${tx.workspace} and m.id = any(${uuidArray(messageIds)}) and p.record_id is not null`);
  const recordIds = [...new Set(activity.map((found) => found.recordId))];
  await tx.rows(sql`
    update record r set last_activity_at = newest.at
    from (
      select record_id, max(last_message_at) as at from participant
      where workspace_id = ${tx.workspace} and record_id = any(${textArray(recordIds)})
      group by record_id) newest
    where r.workspace_id = ${tx.workspace} and r.record_id = newest.record_id
      and (r.last_activity_at is null or r.last_activity_at < newest.at)`);
  return activity;
}
