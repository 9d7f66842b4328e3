import { type SQL, sql } from 'drizzle-orm';

/**
 * Whether `dead_letter l` can be replayed: what arrived is kept, and is a body. Not what was no delivery at all, which
 * came through no account that is known; and not a file that a message named, which is fetched again with the message.
 */
export const isReplayable: SQL = sql`coalesce((
  select d.origin <> 'media' from delivery d
  where d.workspace_id = l.workspace_id and d.id = l.delivery_id
    and l.raw_blob is not null and not (l.account_id = 'unknown' and l.reason = 'invalid_delivery')), false)`;
