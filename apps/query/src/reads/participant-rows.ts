import type { Participant } from '@kith/contracts';
import { type SQL, sql } from 'drizzle-orm';

/** The columns of `participant p` under the names of the `Participant` shape. */
export const participantColumns: SQL = sql`
  p.id, p.channel, p.identifier, p.display_name as "displayName", p.record_id as "recordId", p.status,
  p.confidence, p.method, p.resolved_at as "resolvedAt", p.nature,
  p.status = 'linked' and cardinality(p.candidates) > 0 as contested`;

/** A row of `participantColumns`, which is the shape already. */
export type ParticipantRow = Omit<Participant, 'role'>;
