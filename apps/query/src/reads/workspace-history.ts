/*
 * The history of a workspace, newest first: what people decided, or all that happened to links.
 *
 * What people decided lies in `link_event_person_idx`, which holds nothing else: not what followed from it, and not what a
 * rule made of a record that a program wrote. An entry shows the participant that it is of now; nobody who was erased is
 * left to be shown.
 */
import type { Participant } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { type Page, toPage } from '../cursor.ts';
import type { WorkspaceHistoryEntry } from '../shapes.ts';
import { entryColumns, type HistoryRow, recordsIn, toEntry, withKeptEvidence } from './history.ts';
import { rowOf } from './row-of.ts';
import { readTitles, type Titles } from './titles.ts';

type Entry = z.infer<typeof WorkspaceHistoryEntry>;

/** A place in the history: entries are in the order of their ids. */
export const EntryPosition = z.object({ at: z.null(), id: z.string().regex(/^\d{1,18}$/) });
export type EntryPosition = z.infer<typeof EntryPosition>;

type Row = HistoryRow &
  Pick<Participant, 'channel' | 'identifier' | 'displayName'> & { liveId: string | null };

/** A page of the history, with the titles of its records; two statements. */
export async function readWorkspaceHistory(
  db: Rows,
  workspace: string,
  { by, after, limit }: { by: 'person' | 'anyone'; after: EntryPosition | undefined; limit: number },
): Promise<Page<Entry>> {
  const isByThem = by === 'person' ? sql`one.reason in ('person', 'undo')` : sql`true`;
  const isAfter = after === undefined ? sql`true` : sql`one.id < ${after.id}::bigint`;
  const rows = await db.rows<Row>(sql`
    select ${entryColumns}, p.id as "liveId", p.channel, p.identifier, p.display_name as "displayName"
    from (
      select * from link_event one where one.workspace_id = ${workspace} and ${isByThem} and ${isAfter}
      order by one.id desc limit ${limit + 1}) e
    left join lateral ${rowOf(sql`api_key r
      where r.workspace_id = ${workspace} and r.id = substr(e.actor, 5) and e.actor like 'key:%'`)} k on true
    left join lateral ${rowOf(sql`participant r
      where r.workspace_id = ${workspace} and r.id = e.participant_id`)} named on true
    left join lateral ${rowOf(sql`participant r
      where r.workspace_id = ${workspace} and r.id = coalesce(named.merged_into, named.id)`)} p on true
    left join lateral (select named.identifier where named.id <> p.id) former on true
    order by e.id desc`);
  const page = toPage(rows.map(withKeptEvidence), limit, (row) => ({ at: null, id: row.eventId }));
  const titles = await readTitles(db, workspace, page.items.flatMap(recordsIn));
  return { ...page, items: page.items.map((row) => toWorkspaceEntry(row, titles)) };
}

function toWorkspaceEntry(row: Row, titles: Titles): Entry {
  const { liveId: id, channel, identifier, displayName } = row;
  const recordId = row.recordId ?? row.previousRecordId;
  return {
    ...toEntry(row, titles),
    participant: id === null ? null : { id, channel, identifier, displayName },
    recordTitle: recordId === null ? null : (titles.get(recordId) ?? null),
  };
}
