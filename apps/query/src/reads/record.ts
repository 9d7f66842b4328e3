import { type Channel, type Record as RecordShape, KithError } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { readRecordParticipants } from './record-participants.ts';

type RecordRow = Omit<RecordShape, 'participants' | 'conversationCount'>;

/** A record with its identifiers, participants and number of conversations. Throws `record_not_found`. */
export async function readRecord(db: Rows, workspace: string, recordId: string): Promise<RecordShape> {
  const [[record], participants, conversationCount] = await Promise.all([
    db.rows<RecordRow>(sql`
      select r.record_id as "recordId", r.pipeline, r.title, r.fields, r.unreadable,
        r.last_activity_at as "lastActivityAt", ${identifiersOf(sql`r`)} as identifiers
      from record r
      where r.workspace_id = ${workspace} and r.record_id = ${recordId} and r.deleted_at is null`),
    readRecordParticipants(db, workspace, recordId),
    countConversations(db, workspace, recordId),
  ]);
  if (record === undefined) throw recordNotFound();
  return { ...record, participants, conversationCount };
}

/** Throws `record_not_found` unless the workspace has this record. */
export async function requireRecord(db: Rows, workspace: string, recordId: string): Promise<void> {
  const rows = await db.rows(sql`
    select 1 from record
    where workspace_id = ${workspace} and record_id = ${recordId} and deleted_at is null`);
  if (rows.length === 0) throw recordNotFound();
}

/** The identifiers of a row of `record` as a JSON array. */
export function identifiersOf(record: SQL): SQL {
  return sql`coalesce((
    select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'field', i.field)
      order by i.field, i.kind, i.value)
    from record_identifier i
    where i.workspace_id = ${record}.workspace_id and i.record_id = ${record}.record_id), '[]')`;
}

async function countConversations(
  db: Rows,
  workspace: string,
  recordId: string,
): Promise<RecordShape['conversationCount']> {
  // A conversation that several of the record's participants take part in is one conversation.
  const rows = await db.rows<{ channel: Channel; count: number }>(sql`
    select p.channel, count(distinct cp.conversation_id) as count
    from participant p
    join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
    where p.workspace_id = ${workspace} and p.record_id = ${recordId}
    group by p.channel`);
  const counts = { email: 0, whatsapp: 0, linkedin: 0 };
  for (const row of rows) counts[row.channel] = row.count;
  return counts;
}

function recordNotFound(): KithError {
  return new KithError('record_not_found', 'no record with this id', { field: 'recordId' });
}
