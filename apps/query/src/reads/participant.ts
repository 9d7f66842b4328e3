import { type Identifier, KithError } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';

/** Colleagues are in most conversations of a workspace, and nobody reads how many millions these are. */
const conversationsCounted = 1_000;

type ParticipantDetailRow = ParticipantRow & { identifiers: Identifier[]; conversationCount: number };

/**
 * A participant with all its identifiers and its number of conversations, up to a thousand; of an id that was merged
 * into another, the participant that it became. Throws `participant_not_found`.
 */
export async function readParticipant(
  db: Rows,
  workspace: string,
  participantId: string,
): Promise<ParticipantDetailRow> {
  return findParticipant<ParticipantDetailRow>(
    db,
    { workspace, participantId },
    sql`
    ${participantColumns}, ${identifiersOfParticipant} as identifiers,
    (select count(*) from (select from conversation_participant cp
      where cp.workspace_id = p.workspace_id and cp.participant_id = p.id
      limit ${conversationsCounted}) counted) as "conversationCount"`,
  );
}

/** The identifiers of `participant p` as a JSON array. */
export const identifiersOfParticipant: SQL = sql`coalesce((
  select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value)
  from participant_identifier i
  where i.workspace_id = p.workspace_id and i.participant_id = p.id), '[]')`;

/** The columns of the `participant p` of an id, or of what it became. Throws `participant_not_found`. */
export async function findParticipant<T extends object>(
  db: Rows,
  scope: { workspace: string; participantId: string },
  columns: SQL,
): Promise<T> {
  const { workspace, participantId } = scope;
  if (!isUuid(participantId)) throw participantNotFound();
  const [row] = await db.rows<T>(sql`
    select ${columns} from participant p
    where p.workspace_id = ${workspace} and p.id = coalesce((
      select merged.merged_into from participant merged
      where merged.workspace_id = ${workspace} and merged.id = ${participantId}::uuid), ${participantId}::uuid)`);
  if (row === undefined) throw participantNotFound();
  return row;
}

function participantNotFound(): KithError {
  return new KithError('participant_not_found', 'no participant with this id', { field: 'participantId' });
}
