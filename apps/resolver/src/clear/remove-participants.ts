/*
 * Removes participants with all that is known of them: identifiers, clues, relations, history, and what people decided.
 * What messages say of them has to be gone before.
 */
import type { Fact } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { refreshLastActivity } from '../resolve/links.ts';
import { type Clearing, isDecided } from './scope.ts';
import { type Removal, remove } from './removal.ts';

/** Whether nothing holds a live participant `p` any more: no message, no reaction, no relation. */
export const isLeftOver = sql`not exists (
  select 1 from participant_identifier i
  where i.workspace_id = p.workspace_id and i.participant_id = p.id and (
    exists (
      select 1 from message_participant mp where mp.workspace_id = i.workspace_id and mp.identifier_id = i.id)
    or exists (
      select 1 from message_reaction r where r.workspace_id = i.workspace_id and r.identifier_id = i.id)
    or exists (
      select 1 from participant_relation r where r.workspace_id = i.workspace_id and r.identifier_id = i.id)))`;

/** Removes those of the live participants that nothing holds any more and no person decided about. */
export async function removeLeftOver(
  removal: Removal,
  clearing: Pick<Clearing, 'keepsDecisions'>,
  participantIds: readonly string[],
): Promise<void> {
  if (participantIds.length === 0) return;
  await removeParticipants(
    removal,
    await findLeftOver(removal.tx, clearing, sql`p.id = any(${uuidArray(participantIds)})`),
  );
}

/** Live participants that fit, that nothing holds and no person decided about. */
export async function findLeftOver(
  tx: Tx,
  clearing: Pick<Clearing, 'keepsDecisions'>,
  where: SQL,
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select p.id from participant p
    where p.workspace_id = ${tx.workspace} and p.merged_into is null and ${where}
      and ${isLeftOver} and not ${isDecided(clearing)}
    order by p.id limit ${peopleMax}`);
  return rows.map(({ id }) => id);
}

/** Participants of one transaction, unless a chunk of messages frees more. */
const peopleMax = 5_000;

/** Removes the live participants and those that merged into them, and tells of the links that went with them. */
export async function removeParticipants(removal: Removal, liveIds: readonly string[]): Promise<void> {
  if (liveIds.length === 0) return;
  const { tx } = removal;
  const links = await tx.rows<{ participantId: string; recordId: string }>(sql`
    select id as "participantId", record_id as "recordId" from participant
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(liveIds)}) and record_id is not null`);
  await removeRows(removal, liveIds);
  const recordIds = [...new Set(links.map(({ recordId }) => recordId))];
  await refreshLastActivity(tx, recordIds);
  const facts = links.map((data): Fact => ({ type: 'participant.unlinked', data }));
  await writeFacts(tx, facts, removal.at);
}

async function removeRows(removal: Removal, liveIds: readonly string[]): Promise<void> {
  const { tx } = removal;
  const rows = await tx.rows<{ id: string }>(sql`
    select id from participant where workspace_id = ${tx.workspace}
      and (id = any(${uuidArray(liveIds)}) or merged_into = any(${uuidArray(liveIds)}))`);
  const ids = uuidArray(rows.map(({ id }) => id));
  const identifiers = sql`t.identifier_id in (
    select i.id from participant_identifier i
    where i.workspace_id = ${tx.workspace} and i.participant_id = any(${ids}))`;
  await remove(removal, 'participant_clue', identifiers);
  await remove(removal, 'participant_relation', identifiers);
  await remove(removal, 'participant_identifier', sql`t.participant_id = any(${ids})`);
  await remove(removal, 'participant_decision', sql`t.participant_id = any(${ids})`);
  await remove(
    removal,
    'participant_separation',
    sql`(t.participant_a = any(${ids}) or t.participant_b = any(${ids}))`,
  );
  await remove(removal, 'link_event', sql`t.participant_id = any(${ids})`);
  await remove(removal, 'participant', sql`t.id = any(${ids})`);
}

/** Tells that something of the records changed, so that whoever shows one reads it again. */
export async function tellRecords(removal: Removal, recordIds: readonly (string | null)[]): Promise<void> {
  const ids = [...new Set(recordIds)].filter((id) => id !== null);
  if (ids.length === 0) return;
  const live = await removal.tx.rows<{ id: string }>(sql`select record_id as id from record
    where workspace_id = ${removal.tx.workspace} and record_id = any(${textArray(ids)})`);
  await refreshLastActivity(removal.tx, ids);
  const facts = live.map(({ id }): Fact => ({
    type: 'record.activity',
    data: { recordId: id, reason: 'changed' },
  }));
  await writeFacts(removal.tx, facts, removal.at);
}
