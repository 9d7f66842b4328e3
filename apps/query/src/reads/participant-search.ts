/*
 * Participants by id, within a status and a channel where asked for; all of them, or those that a text finds.
 *
 * With a status a page is one range of `participant_status_idx`. A text that is an identifier finds its bearer first,
 * by the key of the identifier and however it is written; then come those who have a word for each one that is typed,
 * among the next ones of the list if there are enough, else by the index of words.
 */
import type { Channel, ParticipantStatus } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { readIdentifier } from '@kith/identity';
import { nameQuery } from '@kith/search';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type RankPosition, toPage } from '../cursor.ts';
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
  const read = (found: SQL) => db.rows<FoundRow>(found);
  const near = await read(found(workspace, { ...options, isNear: true }));
  const isEnough = near.length > limit || filter.query === '';
  const rows = isEnough ? near : await read(found(workspace, { ...options, isNear: false }));
  const page = toPage(rows, limit, (row) => ({ at: row.rank, id: row.id }));
  return { ...page, items: page.items.map(withoutRank) };
}

interface Finding {
  filter: ParticipantFilter;
  after: RankPosition | undefined;
  limit: number;
  /** Whether to look at the next ones of the list only: what many have is among them. */
  isNear: boolean;
}

/** Participants that are looked at one by one. */
const walkedMax = 2_000;

function found(workspace: string, { filter, after, limit, isNear }: Finding): SQL {
  const exact = bearersOf(workspace, filter.query);
  const inFilter = matchesFilter(workspace, filter);
  const isOther = exact === null ? sql`true` : sql`p.id not in (${exact})`;
  const others = sql`${inFilter} and ${isOther} and ${isAfter(after, 1)}`;
  const ranges = [
    isNear
      ? nearRange(workspace, filter, { others, limit })
      : wholeRange(workspace, filter, { others, limit }),
  ];
  if (exact !== null && after?.at !== 1) {
    ranges.unshift(rangeOf(0, sql`${inFilter} and p.id in (${exact}) and ${isAfter(after, 0)}`, limit));
  }
  return sql`
    select ${participantColumns}, p.rank from (${sql.join(ranges, sql` union all `)}) p
    order by p.rank, p.id limit ${limit + 1}`;
}

interface Others {
  others: SQL;
  limit: number;
}

function nearRange(workspace: string, { query }: ParticipantFilter, { others, limit }: Others): SQL {
  if (query === '') return rangeOf(1, others, limit);
  return sql`(select p.*, 1 as rank from (
      select p.* from participant p where ${others} order by p.id limit ${walkedMax}) p
    where exists (
      select 1 from participant_search s
      where s.workspace_id = ${workspace} and s.participant_id = p.id and ${has(workspace, query)})
    order by p.id limit ${limit + 1})`;
}

function wholeRange(workspace: string, { query }: ParticipantFilter, { others, limit }: Others): SQL {
  return rangeOf(
    1,
    sql`${others} and p.id in (
      select s.participant_id from participant_search s
      where s.workspace_id = ${workspace} and ${has(workspace, query)})`,
    limit,
  );
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

/** A text without a word in it is nobody's name. */
function has(workspace: string, query: string): SQL {
  const words = nameQuery(workspace, query);
  return words === null ? sql`false` : sql`s.words @@ ${words}::tsquery`;
}
