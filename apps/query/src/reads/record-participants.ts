import { Channel } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { type Page, toPage } from '../cursor.ts';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';

/** A place in the list: the channel and the identifier of a participant, and its id. */
export const ParticipantPosition = z.object({
  at: z.string().refine((at) => Channel.safeParse(at.split(' ', 1)[0]).success),
  id: z.guid(),
});
export type ParticipantPosition = z.infer<typeof ParticipantPosition>;

/** A page of those linked to a record, by channel and identifier: one range of `participant_record_idx`. */
export async function readRecordParticipants(
  db: Rows,
  record: { workspace: string; recordId: string },
  options: { after: ParticipantPosition | undefined; limit: number },
): Promise<Page<ParticipantRow>> {
  const rows = await db.rows<ParticipantRow>(sql`
    select ${participantColumns} from participant p
    where p.workspace_id = ${record.workspace} and p.record_id = ${record.recordId} and ${isFurther(options.after)}
    order by p.channel, p.identifier, p.id limit ${options.limit + 1}`);
  return toPage(rows, options.limit, ({ channel, identifier, id }) => ({
    at: `${channel} ${identifier}`,
    id,
  }));
}

function isFurther(after: ParticipantPosition | undefined) {
  if (after === undefined) return sql`true`;
  const [channel = ''] = after.at.split(' ', 1);
  const identifier = after.at.slice(channel.length + 1);
  return sql`(p.channel, p.identifier, p.id) > (${channel}, ${identifier}, ${after.id}::uuid)`;
}
