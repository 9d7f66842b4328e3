/*
 * The steps of a clear. Each removes a chunk of what goes and answers how much it found: 0 when nothing is left for it.
 * None remembers anything between its chunks, so a clear that is cut short goes on wherever it is called again.
 *
 * What is left between two chunks holds together: a message goes with all that is of it, its conversation with its last
 * message, and whoever nothing holds any more with the last message that named them.
 */
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { callOff } from '../sync/call-off.ts';
import { endSyncs } from '../sync/end-syncs.ts';
import { addGarbage } from '../blobs/garbage.ts';
import { type Removal, remove, removeSome } from './removal.ts';
import { removeMessages } from './remove-messages.ts';
import { findLeftOver, removeLeftOver, removeParticipants } from './remove-participants.ts';
import {
  type Clearing,
  conversationGoes,
  isWhole,
  mediaGoes,
  relationGoes,
  strayMessages,
  syncGoes,
  syncPartGoes,
  tellingGoes,
} from './scope.ts';

/** Removes a chunk; answers how many rows it found to remove. */
export type Step = (removal: Removal, clearing: Clearing) => Promise<number>;

/** In one transaction: some hundred milliseconds, which others in the workspace wait. */
const messagesMax = 1_000;
const conversationsMax = 500;

/** Messages, with all that is of them. */
export const clearMessages: Step = async (removal, clearing) => {
  const ids = await nextMessages(removal.tx, clearing);
  const freed = await removeMessages(removal, ids, { isWhole: isWhole(clearing) });
  await removeLeftOver(removal, clearing, freed);
  return ids.length;
};

async function nextMessages(tx: Tx, clearing: Clearing): Promise<string[]> {
  const { scope } = clearing;
  const rows = await tx.rows<{ id: string }>(
    scope.kind === 'account'
      ? sql`
        select s.message_id as id from message_sighting s
        where s.workspace_id = ${tx.workspace} and s.account_id = ${scope.accountId} and not exists (
          select 1 from message_sighting o
          where o.workspace_id = s.workspace_id and o.message_id = s.message_id and o.account_id <> s.account_id)
        order by s.message_id limit ${messagesMax}`
      : sql`
        select m.id from (
          select c.id from conversation c
          where c.workspace_id = ${tx.workspace} and ${conversationGoes(clearing)}
          order by c.id limit ${conversationsMax}) c
        cross join lateral (
          select m.id from message m
          where m.workspace_id = ${tx.workspace} and m.conversation_id = c.id limit ${messagesMax}) m
        limit ${messagesMax}`,
  );
  return rows.map(({ id }) => id);
}

/** That an account has seen what another one has seen too. */
export const clearSightings: Step = async (removal, { scope }) =>
  scope.kind === 'account'
    ? removeSome(
        removal,
        'message_sighting',
        sql`t.account_id = ${scope.accountId} and exists (
          select 1 from message_sighting o
          where o.workspace_id = t.workspace_id and o.message_id = t.message_id and o.account_id <> t.account_id)`,
      )
    : 0;

/** What was told of messages that never came. */
export const clearStrays: Step = async (removal, clearing) => {
  const { tx } = removal;
  const strays = await tx.rows<{ id: string }>(sql`${strayMessages(clearing)} limit ${messagesMax}`);
  const ids = uuidArray(strays.map(({ id }) => id));
  const people = await tx.rows<{ id: string }>(sql`
    select distinct i.participant_id as id from message_reaction r
    join participant_identifier i on i.workspace_id = r.workspace_id and i.id = r.identifier_id
    where r.workspace_id = ${tx.workspace} and r.message_id = any(${ids})`);
  for (const table of ['message_status', 'message_change', 'message_reaction']) {
    await remove(removal, table, sql`t.message_id = any(${ids})`);
  }
  await removeLeftOver(
    removal,
    clearing,
    people.map(({ id }) => id),
  );
  return strays.length;
};

/** Connections and contacts, and whoever was known by nothing else. */
export const clearRelations: Step = async (removal, clearing) => {
  const { tx } = removal;
  const found = await tx.rows<{ id: string }>(sql`
    select t.identifier_id as id from participant_relation t
    where t.workspace_id = ${tx.workspace} and ${relationGoes(clearing)} limit ${messagesMax}`);
  const ids = uuidArray(found.map(({ id }) => id));
  await remove(
    removal,
    'participant_relation',
    sql`t.identifier_id = any(${ids}) and ${relationGoes(clearing)}`,
  );
  const people = await tx.rows<{ id: string }>(sql`
    select distinct participant_id as id from participant_identifier
    where workspace_id = ${tx.workspace} and id = any(${ids})`);
  await removeLeftOver(
    removal,
    clearing,
    people.map(({ id }) => id),
  );
  return found.length;
};

/** Whoever is left: known by a relation that was taken back, or by a word that two identifiers are one person. */
export const clearPeople: Step = async (removal, clearing) => {
  const { scope } = clearing;
  if (scope.kind === 'account' || scope.kind === 'record') return 0;
  const where = scope.kind === 'channel' ? sql`p.channel = ${scope.channel}` : sql`true`;
  const ids = await findLeftOver(removal.tx, clearing, where);
  await removeParticipants(removal, ids);
  return ids.length;
};

/** Files of messages that never came. */
export const clearMedia: Step = async (removal, clearing) => {
  const { tx } = removal;
  const found = await tx.rows<{ key: string }>(sql`
    select t.key from media t where t.workspace_id = ${tx.workspace} and ${mediaGoes(clearing)} limit ${messagesMax}`);
  const where = sql`t.key = any(${textArray(found.map(({ key }) => key))}) and ${mediaGoes(clearing)}`;
  await addGarbage(
    removal,
    sql`select t.blob_key from media t where t.workspace_id = ${tx.workspace} and ${where}`,
  );
  await remove(removal, 'media', where);
  return found.length;
};

/** What could not be read or stored. */
export const clearDeadLetters: Step = async (removal, clearing) => {
  const { tx } = removal;
  const found = await tx.rows<{ id: string }>(sql`
    select t.id from dead_letter t where t.workspace_id = ${tx.workspace} and ${tellingGoes(clearing)}
    limit ${messagesMax}`);
  const where = sql`t.id = any(${uuidArray(found.map(({ id }) => id))})`;
  await addGarbage(
    removal,
    sql`select t.raw_blob from dead_letter t where t.workspace_id = ${tx.workspace} and ${where}`,
  );
  await remove(removal, 'dead_letter', where);
  return found.length;
};

/** Which past was asked for: it has to be asked for again, and what is still being fetched is called off. */
export const clearSyncs: Step = async (removal, clearing) => {
  const { tx, at } = removal;
  const found = await tx.rows<{ id: string }>(sql`
    select distinct t.sync_id as id from sync_part t
    where t.workspace_id = ${tx.workspace} and ${syncPartGoes(clearing)} limit ${messagesMax}`);
  const syncIds = found.map(({ id }) => id);
  const where = sql`t.sync_id = any(${uuidArray(syncIds)}) and ${syncPartGoes(clearing)}`;
  await callOff(
    tx,
    await tx.rows(sql`select t.id as "partId", t.channel from sync_part t
      where t.workspace_id = ${tx.workspace} and ${where} and t.finished_at is null`),
  );
  await remove(removal, 'sync_part', where);
  const gone = await remove(
    removal,
    'sync',
    sql`(t.id = any(${uuidArray(syncIds)}) or ${syncGoes(clearing)}) and not exists (
      select 1 from sync_part part where part.workspace_id = t.workspace_id and part.sync_id = t.id)`,
  );
  await endSyncs(tx, syncIds, at);
  return found.length + gone;
};
