/*
 * Two records of the CRM turn out to be one: what identified the one identifies the other from now on, and its
 * participants follow, those that people linked too. It keeps its own row and its own fields, so that undoing gives
 * both sides back; while it is merged it is as good as deleted.
 */
import { KithError, type LinkReason } from '@kith/contracts';
import { jsonb, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { participantsConcernedBy } from '../records/known-records.ts';
import { type LinkState, without } from '../resolve/decide.ts';
import { refreshLastActivity } from '../resolve/links.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { refreshRecordSearch } from '../search/record-words.ts';
import { requireRecords } from './find.ts';
import type { Stamp } from './take-words.ts';

/** Merges a record into another. Answers the entry of the history, and how many participants changed. */
export async function mergeRecords(
  tx: Tx,
  input: { recordId: string; intoRecordId: string },
  stamp: Stamp & { undoes?: number },
): Promise<{ merged: boolean; eventId: number | null; moved: number }> {
  const { recordId, intoRecordId } = input;
  if (recordId === intoRecordId) {
    throw new KithError('bad_input', 'a record cannot be merged into itself', { field: 'intoRecordId' });
  }
  if (await isMergedInto(tx, recordId, intoRecordId)) return { merged: false, eventId: null, moved: 0 };
  await requireRecords(tx, [recordId, intoRecordId], (index) => (index === 0 ? 'recordId' : 'intoRecordId'));
  const members = await membersOf(tx, recordId);
  const linked = await linksTo(tx, recordId);
  const concerned = await participantsConcernedBy(tx, [recordId]);
  await tx.rows(sql`
    update record set merged_into = ${intoRecordId}, deleted_at = coalesce(deleted_at, ${stamp.at}::timestamptz)
    where workspace_id = ${tx.workspace} and (record_id = ${recordId} or merged_into = ${recordId})`);
  await moveIdentifiers(tx, { sources: [recordId, ...members], from: recordId, to: intoRecordId });
  await refreshRecordSearch(tx, [recordId, intoRecordId]);
  const eventId = await appendEntry(tx, {
    ...stamp,
    action: 'merged',
    recordId: intoRecordId,
    mergedRecordId: recordId,
    before: { members },
  });
  const from = new Map([...linked].map(([id, link]) => [id, { ...link, recordId: intoRecordId }]));
  const changes = await resolveParticipants(tx, concerned, {
    reason: 'records_merged',
    actor: stamp.actor,
    at: stamp.at,
    causedBy: eventId,
    from,
  });
  const data = { recordId: intoRecordId, mergedRecordId: recordId };
  await writeFacts(tx, [{ type: 'record.merged', data }], stamp.at);
  await refreshLastActivity(tx, [recordId, intoRecordId]);
  return { merged: true, eventId, moved: changes.length };
}

/** The merge to undo: its entry in the history, and the records that had merged into the merged one before. */
export interface RecordMergeEntry {
  eventId: number;
  mergedRecordId: string;
  members: string[];
}

/** Gives a merged record back what is its own, and its participants with it. Answers the entry of the undoing. */
export async function unmergeRecords(tx: Tx, merge: RecordMergeEntry, stamp: Stamp): Promise<number> {
  const { mergedRecordId } = merge;
  const holder = await holderOf(tx, mergedRecordId);
  const members = (await membersOf(tx, holder)).filter((id) => merge.members.includes(id));
  const sources = [mergedRecordId, ...members];
  await tx.rows(sql`update record set merged_into = null, deleted_at = null
    where workspace_id = ${tx.workspace} and record_id = ${mergedRecordId}`);
  await tx.rows(sql`update record set merged_into = ${mergedRecordId}
    where workspace_id = ${tx.workspace} and record_id = any(${textArray(members)})`);
  await moveIdentifiers(tx, { sources, from: holder, to: mergedRecordId });
  await refreshRecordSearch(tx, [holder, mergedRecordId]);
  const eventId = await appendEntry(tx, {
    ...stamp,
    action: 'split',
    recordId: holder,
    mergedRecordId,
    before: { members },
    undoes: merge.eventId,
  });
  const since = await linksSince(tx, merge.eventId, holder);
  const concerned = await participantsConcernedBy(tx, [mergedRecordId]);
  await resolveParticipants(tx, [...new Set([...concerned, ...since.keys()])], {
    reason: 'records_unmerged',
    actor: stamp.actor,
    at: stamp.at,
    causedBy: eventId,
    from: since,
  });
  const data = { recordId: holder, unmergedRecordId: mergedRecordId };
  await writeFacts(tx, [{ type: 'record.unmerged', data }], stamp.at);
  await refreshLastActivity(tx, [holder, mergedRecordId]);
  return eventId;
}

async function isMergedInto(tx: Tx, recordId: string, intoRecordId: string): Promise<boolean> {
  const rows = await tx.rows(sql`select 1 from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId} and merged_into = ${intoRecordId}`);
  return rows.length > 0;
}

async function holderOf(tx: Tx, recordId: string): Promise<string> {
  const [row] = await tx.rows<{ holder: string | null }>(sql`select merged_into as holder from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (row?.holder !== null && row?.holder !== undefined) return row.holder;
  throw new KithError('undo_conflict', `the record "${recordId}" is not merged any more`, {
    field: 'eventId',
  });
}

async function membersOf(tx: Tx, recordId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select record_id as id from record
    where workspace_id = ${tx.workspace} and merged_into = ${recordId} order by record_id`);
  return rows.map((row) => row.id);
}

async function linksTo(tx: Tx, recordId: string): Promise<Map<string, LinkState>> {
  const rows = await tx.rows<LinkState & { id: string }>(sql`
    select id, status, record_id as "recordId", method, confidence, manual, candidates from participant
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  return new Map(rows.map(({ id, ...link }) => [id, link]));
}

async function moveIdentifiers(
  tx: Tx,
  move: { sources: readonly string[]; from: string; to: string },
): Promise<void> {
  for (const table of [sql`record_identifier`, sql`record_hint`]) {
    await tx.rows(sql`update ${table} set record_id = ${move.to}
      where workspace_id = ${tx.workspace} and source_record_id = any(${textArray(move.sources)})
        and record_id = ${move.from}`);
  }
}

/**
 * Where the links to the holder are to go on from: those that the merge changed from what they were before it, those
 * that came only since from nothing, because with two records apart they might not have come.
 */
async function linksSince(tx: Tx, eventId: number, holder: string): Promise<Map<string, LinkState>> {
  const rows = await tx.rows<{ id: string; link: LinkState | null }>(sql`
    select p.id, (
      select e.before->'link' from link_event e
      where e.workspace_id = p.workspace_id and e.caused_by = ${eventId} and e.participant_id = p.id limit 1) as link
    from participant p
    where p.workspace_id = ${tx.workspace} and p.record_id = ${holder} and not p.manual
      and (
        select e.record_id from link_event e
        where e.workspace_id = p.workspace_id and e.participant_id = p.id and e.id < ${eventId}
        order by e.id desc limit 1) is distinct from ${holder}`);
  return new Map(rows.map(({ id, link }) => [id, link ?? without('unlinked')]));
}

async function appendEntry(
  tx: Tx,
  entry: Stamp & {
    action: 'merged' | 'split';
    recordId: string;
    mergedRecordId: string;
    before: object;
    undoes?: number;
  },
): Promise<number> {
  const reason: LinkReason = entry.undoes === undefined ? 'person' : 'undo';
  const [row] = await tx.rows<{ id: number }>(sql`
    insert into link_event (workspace_id, at, actor, action, reason, record_id, previous_record_id, evidence, before,
      undoes)
    values (${tx.workspace}, ${entry.at}::timestamptz, ${entry.actor}, ${entry.action}, ${reason}, ${entry.recordId},
      ${entry.mergedRecordId}, '[]', ${jsonb(entry.before)}, ${entry.undoes ?? null})
    returning id`);
  return Number(row?.id);
}
