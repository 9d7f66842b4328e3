import type { Channel, ParticipantStatus } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { Overview } from '../shapes.ts';

type Count =
  | { what: 'record'; name: null; count: number }
  | { what: 'conversation'; name: Channel; count: number }
  | { what: 'participant'; name: ParticipantStatus; count: number };

/** A workspace in numbers. It counts, so its cost grows with the workspace: for a dashboard, not for each page. */
export async function readOverview(db: Rows, workspace: string): Promise<z.infer<typeof Overview>> {
  const rows = await db.rows<Count>(sql`
    select 'record' as what, null as name, count(*) as count
      from record where workspace_id = ${workspace} and deleted_at is null
    union all
    select 'conversation', channel, count(*) from conversation where workspace_id = ${workspace} group by channel
    union all
    select 'participant', status, count(*) from participant
      where workspace_id = ${workspace} and merged_into is null group by status`);
  const conversations = { email: 0, whatsapp: 0, linkedin: 0 };
  const participants = { linked: 0, unlinked: 0, ambiguous: 0, internal: 0 };
  let records = 0;
  for (const row of rows) {
    if (row.what === 'record') records = row.count;
    if (row.what === 'conversation') conversations[row.name] = row.count;
    if (row.what === 'participant') participants[row.name] = row.count;
  }
  const others = participants.linked + participants.unlinked + participants.ambiguous;
  const linkedShare = others === 0 ? null : participants.linked / others;
  const messages = { email: 0, whatsapp: 0, linkedin: 0 };
  return { records, conversations, participants, linkedShare, messages, review: 0 };
}
