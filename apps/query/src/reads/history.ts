/*
 * A participant's history, newest first: its own entries, and those of participants that have merged into it.
 *
 * The entries say what was so at the time; only their names and titles are today's.
 */
import { type HistoryEntry, IdentifierKind } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import { describeEntry, type EntryFacts } from '../words/entry.ts';
import { participantMembers } from './known-identifiers.ts';
import type { Titles } from './titles.ts';

/** An entry before it is put into words, which needs the titles of the records it names. */
export type HistoryRow = Omit<HistoryEntry, 'text'> & EntryFacts;

const entriesMax = 200;

/** Evidence as entries keep it; what an older version wrote otherwise is not shown. */
const KeptEvidence = z
  .array(z.object({ recordId: z.string(), kind: IdentifierKind, value: z.string(), field: z.string() }))
  .catch([]);

/**
 * The columns of `link_event e`, by whichever `api_key k` it was made, of a participant that was `participant former` until
 * it merged into the one that is shown.
 */
export const entryColumns: SQL = sql`
  e.id::text as "eventId", e.at, e.actor, e.action, e.reason, e.record_id as "recordId",
  e.previous_record_id as "previousRecordId", e.method, e.confidence, e.evidence,
  exists (
    select 1 from link_event later
    where later.workspace_id = e.workspace_id and later.undoes = e.id) as undone,
  e.undoes::text as undoes, e.caused_by::text as "causedBy", k.name as "keyName",
  case when e.action = 'rejected' then e.before -> 'decisions' -> 0 ->> 'recordId' end as "ruledOutRecordId",
  e.participant_id is null as "isOfRecords", former.identifier as "formerIdentifier"`;

/** The newest two hundred entries of a live participant. */
export async function readHistory(db: Rows, workspace: string, participantId: string): Promise<HistoryRow[]> {
  const rows = await db.rows<HistoryRow>(sql`
    select ${entryColumns}
    from (${participantMembers({ workspace, ids: [participantId] })}) member
    cross join lateral (
      select * from link_event one
      where one.workspace_id = ${workspace} and one.participant_id = member.member_id
      order by one.id desc limit ${entriesMax}
    ) e
    left join api_key k on k.workspace_id = ${workspace} and e.actor = 'key:' || k.id
    left join participant former on former.workspace_id = ${workspace} and former.id = member.member_id
      and former.id <> member.participant_id
    order by e.id desc limit ${entriesMax}`);
  return rows.map(withKeptEvidence);
}

/** The row with the evidence that can be shown. */
export const withKeptEvidence = <T extends HistoryRow>(row: T): T => ({
  ...row,
  evidence: KeptEvidence.parse(row.evidence),
});

/** The records that an entry names. */
export function recordsIn(row: HistoryRow): (string | null)[] {
  const { recordId, previousRecordId, ruledOutRecordId, evidence } = row;
  return [recordId, previousRecordId, ruledOutRecordId, ...evidence.map((shared) => shared.recordId)];
}

/** The entry in words, by the titles of the records it names. */
export function toEntry(row: HistoryRow, titles: Titles): HistoryEntry {
  const { eventId, at, actor, action, reason, recordId, previousRecordId, method, confidence } = row;
  const { undone, undoes, causedBy } = row;
  const text = describeEntry(row, titles);
  const link = { recordId, previousRecordId, method, confidence };
  return { eventId, at, actor, action, reason, ...link, undone, undoes, causedBy, text };
}
