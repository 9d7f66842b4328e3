/*
 * Takes a person out of what is left: messages that others wrote and others got, reactions, what was told of recipients,
 * questions that syncs asked. Then the participants go.
 */
import type { Identifier } from '@kith/contracts';
import { rowSet, textArray, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { refreshMessages } from '../apply/changes/refresh-messages.ts';
import { type Removal, remove } from '../clear/removal.ts';
import { removeParticipants, tellRecords } from '../clear/remove-participants.ts';
import { refreshMessageSearch } from '../search/message-words.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import type { Person } from './find-person.ts';

/** Removes every row that names the person, but for the CRM's own record. */
export async function takeOut(removal: Removal, person: Person): Promise<void> {
  const { tx } = removal;
  const { participantIds } = person;
  const concerned = await recordsAround(removal, participantIds);
  const ofTheirs = sql`t.identifier_id in (
    select i.id from participant_identifier i
    where i.workspace_id = ${tx.workspace} and i.participant_id = any(${uuidArray(participantIds)}))`;
  const naming = await messagesNaming(removal, participantIds);
  await remove(removal, 'message_participant', ofTheirs);
  await refreshMessageSearch(tx, naming);
  await remove(removal, 'message_reaction', ofTheirs);
  await remove(
    removal,
    'conversation_participant',
    sql`t.participant_id = any(${uuidArray(participantIds)})`,
  );
  await removeMentions(removal, person);
  await removeParticipants(removal, participantIds);
  await tellRecords(removal, concerned);
}

/** Messages of others, which are found by the names of whoever they went to. */
async function messagesNaming({ tx }: Removal, participantIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct mp.message_id as id from participant_identifier i
    join message_participant mp on mp.workspace_id = i.workspace_id and mp.identifier_id = i.id
    where i.workspace_id = ${tx.workspace} and i.participant_id = any(${uuidArray(participantIds)})`);
  return rows.map(({ id }) => id);
}

/** The records that share a conversation with the person: whoever shows it reads it again. */
async function recordsAround({ tx }: Removal, participantIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct p.record_id as id from conversation_participant theirs
    join conversation_participant cp
      on cp.workspace_id = theirs.workspace_id and cp.conversation_id = theirs.conversation_id
    join participant p on p.workspace_id = cp.workspace_id and p.id = cp.participant_id
    where theirs.workspace_id = ${tx.workspace} and theirs.participant_id = any(${uuidArray(participantIds)})
      and p.record_id is not null`);
  return rows.map(({ id }) => id);
}

/** Where an identifier stands by itself: as a clue to somebody else, as a recipient, as a question. */
async function removeMentions(removal: Removal, { identifiers }: Person): Promise<void> {
  const { tx, at } = removal;
  const named = rowSet(identifiers, 'kind text, value text');
  const texts = textArray(identifiers.map(({ kind, value }) => `${kind} ${value}`));
  const others = await tx.rows<{ id: string }>(sql`
    select distinct i.participant_id as id from ${named}
    join participant_clue c on c.workspace_id = ${tx.workspace} and c.kind = input.kind and c.value = input.value
    join participant_identifier i on i.workspace_id = c.workspace_id and i.id = c.identifier_id`);
  await remove(removal, 'participant_clue', sql`(t.kind, t.value) in (select kind, value from ${named})`);
  const otherIds = others.map(({ id }) => id);
  await removeEvidence(removal, otherIds, identifiers);
  await removeStatuses(removal, texts);
  await removeQuestions(removal, texts);
  await resolveParticipants(tx, otherIds, { reason: 'person_erased', at });
}

/** The one change of a history that was written: what an entry quotes of an erased identifier is taken out of it. */
async function removeEvidence(
  { tx }: Removal,
  participantIds: readonly string[],
  identifiers: readonly Identifier[],
): Promise<void> {
  await tx.rows(sql`
    update link_event e set evidence = coalesce((
      select jsonb_agg(one) from jsonb_array_elements(e.evidence) one
      where not exists (
        select 1 from ${rowSet(identifiers, 'kind text, value text')}
        where input.kind = one->>'kind' and input.value = one->>'value')), '[]')
    where e.workspace_id = ${tx.workspace} and e.participant_id = any(${uuidArray(participantIds)})`);
}

/** The message shows how far it came to the others. */
async function removeStatuses(removal: Removal, texts: SQL): Promise<void> {
  const { tx } = removal;
  const told = await tx.rows<{ id: string }>(sql`
    select distinct message_id as id from message_status
    where workspace_id = ${tx.workspace} and recipient = any(${texts})`);
  await remove(removal, 'message_status', sql`t.recipient = any(${texts})`);
  await refreshMessages(
    tx,
    told.map(({ id }) => id),
  );
}

async function removeQuestions(removal: Removal, texts: SQL): Promise<void> {
  const { tx } = removal;
  const asked = await tx.rows<{ id: string }>(sql`
    select distinct sync_id as id from sync_part
    where workspace_id = ${tx.workspace} and identifiers && ${texts}`);
  if (asked.length === 0) return;
  await remove(removal, 'sync_part', sql`t.identifiers && ${texts}`);
  await remove(
    removal,
    'sync',
    sql`t.id = any(${uuidArray(asked.map(({ id }) => id))}) and not exists (
      select 1 from sync_part part where part.workspace_id = t.workspace_id and part.sync_id = t.id)`,
  );
}
