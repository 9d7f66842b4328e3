import type { Channel, ParticipantStatus } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { Overview } from '../shapes.ts';

type Count =
  | { what: 'record'; name: null; count: number }
  | { what: 'conversation'; name: Channel; count: number }
  | { what: 'message'; name: Channel; count: number }
  | { what: 'participant'; name: ParticipantStatus; count: number }
  | { what: 'review'; name: null; count: number };

/**
 * A workspace in numbers. It counts, so its cost grows with the workspace: for a dashboard, not for each page. Messages
 * alone are counted already, day by day.
 */
export async function readOverview(db: Rows, workspace: string): Promise<z.infer<typeof Overview>> {
  const rows = await db.rows<Count>(sql`
    select 'record' as what, null as name, count(*) as count
      from record where workspace_id = ${workspace} and deleted_at is null
    union all
    select 'conversation', channel, count(*) from conversation where workspace_id = ${workspace} group by channel
    union all
    select 'participant', status, count(*) from participant
      where workspace_id = ${workspace} and merged_into is null group by status
    union all
    select 'message', channel, sum(count) from message_day where workspace_id = ${workspace} group by channel
    union all
    select 'review', null, count(*) from participant
      where workspace_id = ${workspace} and cardinality(candidates) > 0 and not dismissed and merged_into is null
        and status in ('ambiguous', 'linked')`);
  const conversations = { email: 0, whatsapp: 0, linkedin: 0 };
  const participants = { linked: 0, unlinked: 0, ambiguous: 0, internal: 0 };
  const messages = { email: 0, whatsapp: 0, linkedin: 0 };
  let [records, review] = [0, 0];
  for (const row of rows) {
    if (row.what === 'record') records = row.count;
    if (row.what === 'conversation') conversations[row.name] = row.count;
    if (row.what === 'message') messages[row.name] = row.count;
    if (row.what === 'review') review = row.count;
    if (row.what === 'participant') participants[row.name] = row.count;
  }
  const others = participants.linked + participants.unlinked + participants.ambiguous;
  const linkedShare = others === 0 ? null : participants.linked / others;
  return { records, conversations, participants, linkedShare, messages, review };
}
