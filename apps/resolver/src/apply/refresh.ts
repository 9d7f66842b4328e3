/*
 * Keeps what lists show of conversations, participants and records in step with the messages of a batch: counts,
 * times, subject and preview. One pass for the whole batch; each row is written once however many messages it gained.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { refreshLastActivity } from '../resolve/links.ts';
import { refreshParticipants } from '../resolve/refresh-participants.ts';

/** What a preview may show of `message m`: its newest text, as its author wrote it, and nothing once it is taken back. */
const shownText = sql`case when m.deleted_at is not null then ''
  else coalesce(m.edited_text, nullif(m.new_text, ''), m.text) end`;

/** A record that a conversation belongs to, through one of its participants. */
export interface RecordConversation {
  recordId: string;
  conversationId: string;
}

/** Brings the conversations up to date; `gained` is how many new messages each has, 0 after a merge or change alone. */
export async function refreshConversations(tx: Tx, gained: ReadonlyMap<string, number>): Promise<void> {
  if (gained.size === 0) return;
  await tx.rows(sql`
    update conversation c
    set message_count = c.message_count + input.gained, last_message_at = newest.sent_at,
      preview = left(trim(regexp_replace(left(newest.text, 1000), '\\s+', ' ', 'g')), 200), subject = oldest.subject
    from ${countSet(gained)}
    cross join lateral (
      select m.sent_at, ${shownText} as text from message m
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
    where c.workspace_id = ${tx.workspace} and c.id = any(${uuidArray([...gained.keys()])})
      and cp.workspace_id = c.workspace_id and cp.conversation_id = c.id
      and cp.last_message_at <> c.last_message_at`);
}

/** Numbers by id, as rows `input(id, gained)`. */
function countSet(counts: ReadonlyMap<string, number>): SQL {
  return sql`unnest(${uuidArray([...counts.keys()])}, ${sql.param([...counts.values()])}::int[])
    as input(id, gained)`;
}

/**
 * Brings the people of the conversations up to date: when they last had a message, and how often they are named;
 * `named` is how many times more each identifier is, by its id.
 */
export async function refreshPeople(
  tx: Tx,
  conversationIds: readonly string[],
  named: ReadonlyMap<string, number>,
): Promise<void> {
  if (conversationIds.length === 0) return;
  await tx.rows(sql`
    with named as (
      update participant_identifier pi set message_count = pi.message_count + input.gained
      from ${countSet(named)}
      where pi.workspace_id = ${tx.workspace} and pi.id = input.id
      returning pi.participant_id, input.gained),
    counted as (
      select participant_id, sum(gained)::int as gained from named group by participant_id),
    newest as materialized (
      select participant_id, max(last_message_at) as at from conversation_participant
      where workspace_id = ${tx.workspace} and conversation_id = any(${uuidArray(conversationIds)})
      group by participant_id)
    update participant p
    set message_count = p.message_count + coalesce(counted.gained, 0),
      last_message_at = greatest(p.last_message_at, newest.at)
    from newest left join counted using (participant_id)
    where p.workspace_id = ${tx.workspace} and p.id = newest.participant_id
      and (counted.gained is not null or p.last_message_at is null or p.last_message_at < newest.at)`);
}

/** After a message turned out to be of another time: its people's and their records' newest may lie further back. */
export async function refreshMoved(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const people = await tx.rows<{ id: string; recordId: string | null }>(sql`
    select distinct p.id, p.record_id as "recordId" from conversation_participant cp
    join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
    where cp.workspace_id = ${tx.workspace} and cp.conversation_id = any(${uuidArray(conversationIds)})`);
  await refreshParticipants(
    tx,
    people.map(({ id }) => id),
  );
  await refreshLastActivity(
    tx,
    people.map(({ recordId }) => recordId),
  );
}

/** Moves the newest activity of the conversations' records on, and answers which records those are. */
export async function refreshRecords(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<RecordConversation[]> {
  if (conversationIds.length === 0) return [];
  const touched = await tx.rows<RecordConversation & { at: string }>(sql`
    select p.record_id as "recordId", cp.conversation_id as "conversationId", max(cp.last_message_at) as at
    from conversation_participant cp
    join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
    where cp.workspace_id = ${tx.workspace} and cp.conversation_id = any(${uuidArray(conversationIds)})
      and p.record_id is not null
    group by p.record_id, cp.conversation_id`);
  if (touched.length === 0) return [];
  const newest = touched.map(({ recordId, at }) => ({ record_id: recordId, at }));
  await tx.rows(sql`
    update record r set last_activity_at = newest.at
    from (select record_id, max(at) as at from ${rowSet(newest, 'record_id text, at timestamptz')}
      group by record_id) newest
    where r.workspace_id = ${tx.workspace} and r.record_id = newest.record_id
      and (r.last_activity_at is null or r.last_activity_at < newest.at)`);
  return touched;
}
