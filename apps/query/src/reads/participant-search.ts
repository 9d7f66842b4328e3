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
  const exact = bearersOf(workspace, filter.query);
  const search: Search = { ...options, workspace, exact };
  const others = filter.query === '' ? allOf(search) : nearOf(search);
  const near = await readFound(db, search, others);
  const isEnough = near.length > limit || filter.query === '';
  const rows = isEnough ? near : await readFound(db, search, namedOf(search));
  const page = toPage(rows, limit, (row) => ({ at: row.rank, id: row.id }));
  return { ...page, items: page.items.map(withoutRank) };
}

interface Search {
  workspace: string;
  filter: ParticipantFilter;
  after: RankPosition | undefined;
  limit: number;
  /** Whose identifier the text is, if it is one. */
  exact: SQL | null;
}

/** The bearers of what is typed, and then others. */
function readFound(
  db: Rows,
  { workspace, filter, after, limit, exact }: Search,
  others: SQL,
): Promise<FoundRow[]> {
  const ranges = [others];
  if (exact !== null && after?.at !== 1) {
    const isBearer = sql`p.id in (${exact}) and ${isAfter(after, 0)}`;
    ranges.unshift(rangeOf(0, sql`${matchesFilter(workspace, filter)} and ${isBearer}`, limit));
  }
  return db.rows<FoundRow>(sql`
    select ${participantColumns}, p.rank from (${sql.join(ranges, sql` union all `)}) p
    order by p.rank, p.id limit ${limit + 1}`);
}

/** Participants that are looked at one by one. */
const walkedMax = 2_000;

function allOf({ workspace, filter, after, limit }: Search): SQL {
  return rangeOf(1, sql`${matchesFilter(workspace, filter)} and ${isAfter(after, 1)}`, limit);
}

/** Among the next ones of the list: what many have is there. */
function nearOf({ workspace, filter, after, limit, exact }: Search): SQL {
  const hasStatus = filter.status === undefined ? sql`true` : sql`p.status = ${filter.status}`;
  return sql`(select p.*, 1 as rank from (
      select p.* from participant p
      where p.workspace_id = ${workspace} and ${hasStatus} and ${isAfter(after, 1)}
      order by p.id limit ${walkedMax}) p
    where ${matchesFilter(workspace, filter)} and ${isOther(exact)} and exists (
      select 1 from participant_search s
      where s.workspace_id = ${workspace} and s.participant_id = p.id and ${has(workspace, filter.query)})
    order by p.id limit ${limit + 1})`;
}

/** All that have the words, by their index. */
function namedOf({ workspace, filter, after, limit, exact }: Search): SQL {
  const isNamed = sql`p.id in (
    select s.participant_id from participant_search s
    where s.workspace_id = ${workspace} and ${has(workspace, filter.query)})`;
  const condition = sql`${matchesFilter(workspace, filter)} and ${isAfter(after, 1)} and ${isOther(exact)}`;
  return rangeOf(1, sql`${condition} and ${isNamed}`, limit);
}

const isOther = (exact: SQL | null): SQL => (exact === null ? sql`true` : sql`p.id not in (${exact})`);

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
