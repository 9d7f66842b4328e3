/*
 * Messages that match a query, newest first and only so many: what a search ranks. What it costs follows from how many
 * are asked for, not from how many match, nor from how many messages there are (Invariant 6).
 *
 * Days, months and years are lexemes beside the words, so each span of time is one look into the index of words. The
 * spans are asked one after the other by a function of the database (`find_messages`), which stops where it has enough: a
 * common word ends in the newest days, and a rare one costs a look for each span.
 *
 * Of a record its newest messages are walked, as a record seldom has more. What is older is walked on, or looked for in
 * spans where each match is looked up in the record's timeline: whichever has to look at less (`planRest`).
 */
import { Channel } from '@kith/contracts';
import { type Rows, textArray } from '@kith/database';
import { spansOf } from '@kith/search';
import { type SQL, sql } from 'drizzle-orm';
import type { TimePosition } from '../cursor.ts';
import { planRest } from './plan-rest.ts';

/** What is looked for, and where. */
export interface MatchScope {
  workspace: string;
  recordId: string | undefined;
  channels: readonly Channel[] | undefined;
  /** Of `readQuery`. */
  query: string;
}

/** Between which places, both of them included; without one to the end. */
export interface MatchRange {
  newest?: TimePosition | undefined;
  oldest?: TimePosition | undefined;
  /** Leaves `newest` itself out. */
  isAfter?: boolean;
  limit: number;
  /** ISO 8601. */
  now: string;
}

/** A match, and how good it is. */
export interface Match extends TimePosition {
  score: number;
}

/** The newest matches of a range, newest first. */
export async function readMatches(db: Rows, scope: MatchScope, range: MatchRange): Promise<Match[]> {
  const { recordId } = scope;
  if (recordId === undefined) return db.rows<Match>(ranked(scope, spanned(scope, range)));
  return readRecordMatches(db, { ...scope, recordId }, range);
}

type RecordScope = MatchScope & { recordId: string };

/** A record's messages that are looked at one by one before anything is planned. */
const walkedFirst = 5_000;

async function readRecordMatches(db: Rows, scope: RecordScope, range: MatchRange): Promise<Match[]> {
  const found: Match[] = [];
  let rest = range;
  let walked = 0;
  let sizes: Sizes | undefined;
  for (let next: number | 'in spans' = walkedFirst; next !== 'in spans';) {
    const matches = await db.rows<Match>(ranked(scope, walkedIn(scope, rest, next)));
    found.push(...matches);
    if (matches.length >= rest.limit) return found;
    const [beyond] = await db.rows<TimePosition>(sql`${timeline(scope, rest, next)} offset ${next} limit 1`);
    if (beyond === undefined) return found;
    walked += next;
    rest = { ...range, newest: beyond, isAfter: false, limit: range.limit - found.length };
    sizes ??= await readSizes(db, scope);
    next = planRest({ ...sizes, walked, found: found.length, wanted: rest.limit });
  }
  return [...found, ...(await db.rows<Match>(ranked(scope, spanned(scope, rest))))];
}

/** How many messages there are: of the record, and about how many in all. */
interface Sizes {
  inRecord: number;
  inAll: number;
}

async function readSizes(db: Rows, { workspace, recordId }: RecordScope): Promise<Sizes> {
  const [sizes] = await db.rows<Sizes>(sql`
    select (select coalesce(sum(message_count), 0)::int from record_channel
        where workspace_id = ${workspace} and record_id = ${recordId}) as "inRecord",
      (select greatest(reltuples, 0)::bigint from pg_class where oid = 'message_search'::regclass) as "inAll"`);
  return sizes ?? { inRecord: 0, inAll: 0 };
}

/** The subject counts most, then who is named, then words as they are written. */
const weights = sql`'{0.15, 0.25, 0.6, 1}'::real[]`;
/** Divides by the logarithm of the length: a long mail holds any word. */
const byLength = sql`1`;

function ranked({ query }: MatchScope, matches: SQL): SQL {
  return sql`
    select hit.id, hit.at,
      round(ts_rank(${weights}, hit.found, ${query}::tsquery, ${byLength})::numeric, 6)::float8 as score
    from (${matches}) hit order by hit.at desc, hit.id desc`;
}

function spanned(scope: MatchScope, range: MatchRange): SQL {
  const { workspace, recordId = null, channels = allChannels } = scope;
  const { newest = { at: 'infinity', id: lastId }, oldest = { at: '-infinity', id: firstId } } = range;
  const spans = spansOf({
    workspace,
    channels,
    newest: range.newest?.at ?? dayAfter(range.now),
    oldest: range.oldest?.at,
  });
  return sql`
    select id, at, found from find_messages(${textArray(spans)}, ${scope.query}, ${newest.at}, ${newest.id},
      ${range.isAfter ?? false}, ${oldest.at}, ${oldest.id}, ${workspace}, ${recordId}, ${range.limit})`;
}

const firstId = '00000000-0000-0000-0000-000000000000';
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A provider's clock may be ahead of ours. */
const dayAfter = (now: string): string => new Date(Date.parse(now) + 86_400_000).toISOString();

function walkedIn(scope: RecordScope, range: MatchRange, walkedMax: number): SQL {
  return sql`
    select walked.id, walked.at, s.words as found
    from (${timeline(scope, range, walkedMax)} limit ${walkedMax}) walked
    join message_search s on s.workspace_id = ${scope.workspace} and s.message_id = walked.id
    where s.words @@ ${scope.query}::tsquery
    order by walked.at desc, walked.id desc limit ${range.limit}`;
}

const allChannels = Channel.options;

/** A record's messages, newest first: of each channel a range of the timeline's key. */
function timeline(
  { workspace, recordId, channels = allChannels }: RecordScope,
  range: MatchRange,
  walkedMax: number,
): SQL {
  return sql`
    select rm.message_id as id, rm.sent_at as at from unnest(${textArray(channels)}) as among(channel)
    cross join lateral (
      select rm.message_id, rm.sent_at from record_message rm
      where rm.workspace_id = ${workspace} and rm.record_id = ${recordId} and rm.channel = among.channel
        and ${isIn(sql`rm`, range)}
      order by rm.sent_at desc, rm.message_id desc limit ${walkedMax + 1}) rm
    order by rm.sent_at desc, rm.message_id desc`;
}

function isIn(row: SQL, { newest, oldest, isAfter = false }: MatchRange): SQL {
  const at = sql`(${row}.sent_at, ${row}.message_id)`;
  const place = ({ at: time, id }: TimePosition) => sql`(${time}::timestamptz, ${id}::uuid)`;
  const isBefore =
    newest === undefined ? sql`true` : sql`${at} ${isAfter ? sql`<` : sql`<=`} ${place(newest)}`;
  return oldest === undefined ? isBefore : sql`${isBefore} and ${at} >= ${place(oldest)}`;
}
