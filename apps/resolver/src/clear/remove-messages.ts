/*
 * Removes messages with everything that is of them: who is named, sightings, files, what was told of them. What lists
 * show is in step with what is left when the transaction ends: conversations without a message go, others are counted
 * again, and so are their people and records.
 */
import { ParticipantRole } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { refreshConversations } from '../apply/refresh.ts';
import { addGarbage } from '../blobs/garbage.ts';
import { refreshParticipants } from '../resolve/refresh-participants.ts';
import { addCount, type Removal, remove } from './removal.ts';
import { tellRecords } from './remove-participants.ts';

/** How to leave behind what the messages were part of. */
export interface LeavingBehind {
  /**
   * Whether the rest of their conversations goes too: who takes part in one is then left as it is until its last
   * message goes. A record's clear finds its conversations by that.
   */
  isWhole: boolean;
}

/** Removes the messages, and answers the live participants that were named by them or beside them. */
export async function removeMessages(
  removal: Removal,
  messageIds: readonly string[],
  { isWhole }: LeavingBehind,
): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const { tx } = removal;
  const conversations = await countByConversation(tx, messageIds);
  const people = await peopleOf(tx, messageIds, [...conversations.keys()]);
  await removeRows(removal, messageIds);
  const ended = await removeEmpty(removal, [...conversations.keys()]);
  for (const id of ended) conversations.delete(id);
  await refreshConversations(tx, conversations);
  if (!isWhole) await recountPeople(removal, [...conversations.keys()]);
  const ids = people.map(({ id }) => id);
  await refreshParticipants(tx, ids);
  await tellRecords(
    removal,
    people.map(({ recordId }) => recordId),
  );
  return ids;
}

/** The conversations of the messages, each with how many it loses, below zero. */
async function countByConversation(tx: Tx, messageIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ id: string; count: number }>(sql`
    select conversation_id as id, count(*)::int as count from message
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(messageIds)}) group by conversation_id`);
  return new Map(rows.map(({ id, count }) => [id, -count]));
}

async function peopleOf(
  tx: Tx,
  messageIds: readonly string[],
  conversationIds: readonly string[],
): Promise<{ id: string; recordId: string | null }[]> {
  return tx.rows(sql`
    select p.id, p.record_id as "recordId" from (
      select participant_id as id from conversation_participant
      where workspace_id = ${tx.workspace} and conversation_id = any(${uuidArray(conversationIds)})
      union
      select i.participant_id from message_reaction r
      join participant_identifier i on i.workspace_id = r.workspace_id and i.id = r.identifier_id
      where r.workspace_id = ${tx.workspace} and r.message_id = any(${uuidArray(messageIds)})) named
    join participant p on p.workspace_id = ${tx.workspace} and p.id = named.id
    order by p.id`);
}

async function removeRows(removal: Removal, messageIds: readonly string[]): Promise<void> {
  const ids = uuidArray(messageIds);
  await removeFiles(removal, messageIds);
  for (const table of ['message_status', 'message_change', 'message_reaction', 'message_sighting']) {
    await remove(removal, table, sql`t.message_id = any(${ids})`);
  }
  await removeNames(removal, messageIds);
  await remove(removal, 'message', sql`t.id = any(${ids})`);
}

/** A file that another message names too stays. */
async function removeFiles(removal: Removal, messageIds: readonly string[]): Promise<void> {
  const { tx } = removal;
  const ids = uuidArray(messageIds);
  const onlyTheirs = sql`(t.channel, t.key) in (
      select m.channel, a.media_key from attachment a
      join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
      where a.workspace_id = ${tx.workspace} and a.message_id = any(${ids}) and a.media_key is not null)
    and not exists (
      select 1 from attachment a
      join message m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.channel = t.channel
      where a.workspace_id = ${tx.workspace} and a.media_key = t.key and a.message_id <> all(${ids}))`;
  await addGarbage(
    removal,
    sql`
    select unnest(array[raw_blob, html_blob]) from message
    where workspace_id = ${tx.workspace} and id = any(${ids})
    union
    select blob_key from attachment where workspace_id = ${tx.workspace} and message_id = any(${ids})
    union
    select t.blob_key from media t where t.workspace_id = ${tx.workspace} and ${onlyTheirs}`,
  );
  await remove(removal, 'media', onlyTheirs);
  await remove(removal, 'attachment', sql`t.message_id = any(${ids})`);
}

async function removeNames({ tx, counts }: Removal, messageIds: readonly string[]): Promise<void> {
  const [gone] = await tx.rows<{ count: number }>(sql`
    with gone as (
      delete from message_participant
      where workspace_id = ${tx.workspace} and message_id = any(${uuidArray(messageIds)})
      returning identifier_id),
    counted as (select identifier_id, count(*)::int as count from gone group by identifier_id),
    lowered as (
      update participant_identifier i set message_count = i.message_count - counted.count from counted
      where i.workspace_id = ${tx.workspace} and i.id = counted.identifier_id)
    select coalesce(sum(count), 0)::int as count from counted`);
  addCount(counts, 'message_participant', gone?.count ?? 0);
}

async function removeEmpty(removal: Removal, conversationIds: readonly string[]): Promise<string[]> {
  const { tx } = removal;
  const rows = await tx.rows<{ id: string }>(sql`
    select c.id from conversation c
    where c.workspace_id = ${tx.workspace} and c.id = any(${uuidArray(conversationIds)})
      and not exists (
        select 1 from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id)`);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  for (const table of ['conversation_participant', 'conversation_key', 'conversation_alias']) {
    await remove(removal, table, sql`t.conversation_id = any(${uuidArray(ids)})`);
  }
  await remove(removal, 'conversation', sql`t.id = any(${uuidArray(ids)})`);
  return ids;
}

/** Who takes part follows from the messages that are left. */
async function recountPeople({ tx, counts }: Removal, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const ids = uuidArray(conversationIds);
  const [gone] = await tx.rows<{ count: number }>(sql`
    with named as materialized (
      select m.conversation_id, i.participant_id,
        min(array_position(${textArray(ParticipantRole.options)}, mp.role) - 1) as role_rank
      from message m
      join message_participant mp on mp.workspace_id = m.workspace_id and mp.message_id = m.id
      join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
      where m.workspace_id = ${tx.workspace} and m.conversation_id = any(${ids})
      group by m.conversation_id, i.participant_id),
    gone as (
      delete from conversation_participant cp
      where cp.workspace_id = ${tx.workspace} and cp.conversation_id = any(${ids})
        and (cp.conversation_id, cp.participant_id) not in (select conversation_id, participant_id from named)
      returning 1),
    ranked as (
      update conversation_participant cp set role_rank = named.role_rank from named
      where cp.workspace_id = ${tx.workspace} and cp.conversation_id = named.conversation_id
        and cp.participant_id = named.participant_id and cp.role_rank <> named.role_rank)
    select count(*)::int as count from gone`);
  addCount(counts, 'conversation_participant', gone?.count ?? 0);
}
