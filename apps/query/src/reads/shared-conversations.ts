/*
 * The conversations of a record in which some participants take part, channel by channel: all of them where they are
 * few, and else that they are many.
 *
 * They are looked for from whichever side has fewer: the record's conversations or the participants'. A colleague is in
 * every fortieth conversation of a workspace and in three of a record, a contact of a large record in five of its
 * hundred thousand.
 */
import type { Channel } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import type { RecordScope } from './record-scope.ts';
import { rowOf } from './row-of.ts';

/** Participants of a channel, and which of the record's conversations they share; null where these are many. */
export interface Shared {
  channel: Channel;
  participantIds: string[];
  conversationIds: string[] | null;
}

/** As far as a participant's conversations are counted, to see which side has fewer. */
const countedMax = 10_000;

/**
 * Reads it in two statements; more than `fewMax` are many. Ids that were merged into another answer for what they
 * became.
 */
export async function findShared(
  db: Rows,
  scope: RecordScope,
  { participantIds, fewMax }: { participantIds: readonly string[]; fewMax: number },
): Promise<Shared[]> {
  const asked = await findAsked(db, scope, participantIds);
  if (asked.length === 0) return [];
  const searches = asked.map((one) => sql`(${sharedOf(scope, one, fewMax)})`);
  const rows = await db.rows<{ channel: Channel; id: string }>(sql.join(searches, sql` union all `));
  return asked.map(({ channel, participantIds: ids }) => {
    const found = rows.filter((row) => row.channel === channel).map(({ id }) => id);
    return { channel, participantIds: ids, conversationIds: found.length > fewMax ? null : found };
  });
}

/** The participants of a channel that are asked for, about how many conversations they are in, and how many the record has. */
interface Asked {
  channel: Channel;
  participantIds: string[];
  theirs: number;
  ofRecord: number;
}

async function findAsked(
  db: Rows,
  { workspace, recordId, channels }: RecordScope,
  participantIds: readonly string[],
): Promise<Asked[]> {
  const rows = await db.rows<Asked>(sql`
    select p.channel, array_agg(p.id::text) as "participantIds", sum(taking.count) as theirs,
      max(counted.conversation_count) as "ofRecord"
    from (
      select distinct coalesce(named.merged_into, named.id) as id from participant named
      where named.workspace_id = ${workspace} and named.id = any(${uuidArray(participantIds.filter(isUuid))})) asked
    cross join lateral ${rowOf(sql`participant r where r.workspace_id = ${workspace} and r.id = asked.id`)} p
    join record_channel counted on counted.workspace_id = ${workspace} and counted.record_id = ${recordId}
      and counted.channel = p.channel
    cross join lateral (
      select count(*) as count from (
        select from conversation_participant cp
        where cp.workspace_id = ${workspace} and cp.participant_id = p.id limit ${countedMax}) cp) taking
    group by p.channel`);
  return rows.filter(({ channel }) => channels === undefined || channels.includes(channel));
}

/** A select of at most one more than few conversations; the rows of the other side are found by key. */
function sharedOf({ workspace, recordId }: RecordScope, asked: Asked, fewMax: number): SQL {
  const { channel, participantIds: ids } = asked;
  if (asked.ofRecord < asked.theirs) {
    return sql`
      select ${channel}::text as channel, rc.conversation_id as id from record_conversation rc
      cross join lateral ${rowOf(sql`conversation_participant r where r.workspace_id = ${workspace}
        and r.conversation_id = rc.conversation_id and r.participant_id = any(${uuidArray(ids)})`)} cp
      where rc.workspace_id = ${workspace} and rc.record_id = ${recordId} and rc.channel = ${channel}
      limit ${fewMax + 1}`;
  }
  // Two of them in one conversation find it twice: as many pairs are looked at as few conversations can have.
  return sql`
    select distinct ${channel}::text as channel, pairs.id from (
      select cp.conversation_id as id from unnest(${uuidArray(ids)}) asked(id)
      cross join lateral (
        select theirs.conversation_id from conversation_participant theirs
        where theirs.workspace_id = ${workspace} and theirs.participant_id = asked.id
        order by theirs.last_message_at desc nulls last, theirs.conversation_id desc nulls last) cp
      cross join lateral ${rowOf(sql`record_conversation r where r.workspace_id = ${workspace}
        and r.conversation_id = cp.conversation_id and r.record_id = ${recordId} and r.channel = ${channel}`)} rc
      limit ${fewMax * ids.length + 1}) pairs
    limit ${fewMax + 1}`;
}
