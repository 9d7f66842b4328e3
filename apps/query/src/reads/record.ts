import { type Channel, type Record as RecordShape, KithError } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { readCoverage } from './coverage.ts';
import { readRecordParticipants } from './record-participants.ts';

type RecordRow = Omit<RecordShape, 'participants' | 'participantCount' | 'conversationCount' | 'coverage'>;
/** As many come with the record; `records.participants` lists them all. */
const participantsMax = 100;

type Presence = { isDeleted: boolean; mergedInto: string | null };

/**
 * A record with its identifiers, participants, number of conversations and coverage. Throws `record_not_found`, or
 * `record_merged` for one that was merged into another.
 */
export async function readRecord(db: Rows, workspace: string, recordId: string): Promise<RecordShape> {
  const [[record], participants, counts, coverage] = await Promise.all([
    db.rows<RecordRow & Presence>(sql`
      select r.record_id as "recordId", r.pipeline, r.title, r.fields, r.unreadable, ${presence},
        r.last_activity_at as "lastActivityAt", ${identifiersOf(sql`r`)} as identifiers
      from record r
      where r.workspace_id = ${workspace} and r.record_id = ${recordId}`),
    readRecordParticipants(db, { workspace, recordId }, { after: undefined, limit: participantsMax }),
    readCounts(db, workspace, recordId),
    readCoverage(db, workspace, recordId),
  ]);
  const { isDeleted: _, mergedInto: __, ...shown } = requirePresent(recordId, record);
  return { ...shown, participants: participants.items, ...counts, coverage };
}

/** Throws `record_not_found` or `record_merged` unless the workspace has this record. */
export async function requireRecord(db: Rows, workspace: string, recordId: string): Promise<void> {
  const [record] = await db.rows<Presence>(sql`
    select ${presence} from record r
    where r.workspace_id = ${workspace} and r.record_id = ${recordId}`);
  requirePresent(recordId, record);
}

/**
 * The identifiers of a row of `record` as a JSON array: its own, and those of records merged into it. What both
 * have in fields of one name is shown once.
 */
export function identifiersOf(record: SQL): SQL {
  return sql`coalesce((
    select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'field', i.field)
      order by i.field, i.kind, i.value)
    from (
      select distinct ri.kind, ri.value, ri.field from record_identifier ri
      where ri.workspace_id = ${record}.workspace_id and ri.record_id = ${record}.record_id) i), '[]')`;
}

const presence = sql`r.deleted_at is not null as "isDeleted", r.merged_into as "mergedInto"`;

function requirePresent<T extends Presence>(recordId: string, record: T | undefined): T {
  if (record !== undefined && record.mergedInto !== null) {
    throw new KithError('record_merged', `record ${recordId} was merged into record ${record.mergedInto}`, {
      field: 'recordId',
    });
  }
  if (record === undefined || record.isDeleted) throw recordNotFound();
  return record;
}

async function readCounts(
  db: Rows,
  workspace: string,
  recordId: string,
): Promise<Pick<RecordShape, 'conversationCount' | 'participantCount'>> {
  const rows = await db.rows<{ channel: Channel | null; count: number }>(sql`
    select channel, conversation_count as count from record_channel
    where workspace_id = ${workspace} and record_id = ${recordId}
    union all
    select null, count(*) from participant where workspace_id = ${workspace} and record_id = ${recordId}`);
  const conversationCount = { email: 0, whatsapp: 0, linkedin: 0 };
  let participantCount = 0;
  for (const { channel, count } of rows) {
    if (channel === null) participantCount = count;
    else conversationCount[channel] = count;
  }
  return { conversationCount, participantCount };
}

function recordNotFound(): KithError {
  return new KithError('record_not_found', 'no record with this id', { field: 'recordId' });
}
