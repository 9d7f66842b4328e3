/*
 * Participants by id, within a status and a channel where asked for; all of them, or those that a text finds.
 *
 * With a status a page is one range of `participant_status_idx`. A text that is an identifier finds its bearer first,
 * by the key of the identifier and however it is written; then come those whose name or identifier contains it.
 */
import type { Channel, ParticipantStatus } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { readIdentifier } from '@kith/identity';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type RankPosition, toPage } from '../cursor.ts';
import { containing } from './containing.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';

/** Which participants: every condition that is given holds. */
export interface ParticipantFilter {
  query: string;
  status?: ParticipantStatus | undefined;
  channel?: Channel | undefined;
}

/** A page of participants. Those merged into others are not among them. */
export async function searchParticipants(
  db: Rows,
  workspace: string,
  options: { filter: ParticipantFilter; after: RankPosition | undefined; limit: number },
): Promise<Page<ParticipantRow>> {
  const { filter, limit } = options;
  const exact = bearersOf(workspace, filter.query);
  const inFilter = matchesFilter(workspace, filter);
  const ranges: SQL[] = [];
  if (exact !== null && options.after?.at !== 1) {
    ranges.push(rangeOf(0, sql`${inFilter} and p.id in (${exact}) and ${isAfter(options.after, 0)}`, limit));
  }
  const isOther = exact === null ? sql`true` : sql`p.id not in (${exact})`;
  const isFound = contains(filter.query);
  ranges.push(
    rangeOf(1, sql`${inFilter} and ${isFound} and ${isOther} and ${isAfter(options.after, 1)}`, limit),
  );
  const rows = await db.rows<FoundRow>(sql`
    select ${participantColumns}, p.rank from (${sql.join(ranges, sql` union all `)}) p
    order by p.rank, p.id limit ${limit + 1}`);
  const page = toPage(rows, limit, (row) => ({ at: row.rank, id: row.id }));
  return { ...page, items: page.items.map(withoutRank) };
}

type FoundRow = ParticipantRow & { rank: 0 | 1 };

function withoutRank(row: FoundRow): ParticipantRow {
  const { rank: _, ...participant } = row;
  return participant;
}

function rangeOf(rank: 0 | 1, condition: SQL, limit: number): SQL {
  return sql`(select p.*, ${sql.raw(String(rank))} as rank from participant p where ${condition}
    order by p.id limit ${limit + 1})`;
}

function matchesFilter(workspace: string, { status, channel }: ParticipantFilter): SQL {
  const hasStatus = status === undefined ? sql`true` : sql`p.status = ${status}`;
  const isOnChannel = channel === undefined ? sql`true` : sql`p.channel = ${channel}`;
  return sql`p.workspace_id = ${workspace} and p.merged_into is null and ${hasStatus} and ${isOnChannel}`;
}

function isAfter(after: RankPosition | undefined, rank: 0 | 1): SQL {
  return after?.at === rank ? sql`p.id > ${after.id}::uuid` : sql`true`;
}

/** Whose identifier the text is, if it is one. */
function bearersOf(workspace: string, query: string): SQL | null {
  if (query === '') return null;
  const read = readIdentifier(query);
  if (!read.ok) return null;
  return sql`select i.participant_id from participant_identifier i
    where i.workspace_id = ${workspace} and i.kind = ${read.kind} and i.value = ${read.key}`;
}

function contains(query: string): SQL {
  if (query === '') return sql`true`;
  const contained = containing(query);
  return sql`(p.display_name ilike ${contained} or exists (
    select 1 from participant_identifier i
    where i.workspace_id = p.workspace_id and i.participant_id = p.id
      and (i.value ilike ${contained} or i.display_name ilike ${contained})))`;
}
