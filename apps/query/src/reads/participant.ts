import { type Identifier, KithError } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';

/** A participant with all its identifiers and its number of conversations. Throws `participant_not_found`. */
export async function readParticipant(
  db: Rows,
  workspace: string,
  participantId: string,
): Promise<ParticipantRow & { identifiers: Identifier[]; conversationCount: number }> {
  if (!isUuid(participantId)) throw participantNotFound();
  const [row] = await db.rows<ParticipantRow & { identifiers: Identifier[]; conversationCount: number }>(sql`
    select ${participantColumns},
      coalesce((
        select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value)
        from participant_identifier i
        where i.workspace_id = p.workspace_id and i.participant_id = p.id), '[]') as identifiers,
      (select count(*) from conversation_participant cp
        where cp.workspace_id = p.workspace_id and cp.participant_id = p.id) as "conversationCount"
    from participant p
    where p.workspace_id = ${workspace} and p.id = ${participantId}::uuid`);
  if (row === undefined) throw participantNotFound();
  return row;
}

function participantNotFound(): KithError {
  return new KithError('participant_not_found', 'no participant with this id', { field: 'participantId' });
}
