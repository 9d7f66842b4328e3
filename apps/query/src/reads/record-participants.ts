import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';

/** Everybody linked to a record, by channel and identifier. */
export async function readRecordParticipants(
  db: Rows,
  workspace: string,
  recordId: string,
): Promise<ParticipantRow[]> {
  return db.rows<ParticipantRow>(sql`
    select ${participantColumns} from participant p
    where p.workspace_id = ${workspace} and p.record_id = ${recordId}
    order by p.channel, p.identifier, p.id`);
}
