import type { Channel } from '@kith/contracts';
import { textArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

/** Whose conversations: a record's, on some channels or (undefined) on all. */
export interface RecordScope {
  workspace: string;
  recordId: string;
  channels: readonly Channel[] | undefined;
}

/**
 * The ids of the participants linked to a record. A participant belongs to one channel, and so do its
 * conversations: filtering participants is filtering conversations.
 */
export function linkedParticipants(scope: RecordScope): SQL {
  const onChannels =
    scope.channels === undefined ? sql`true` : sql`p.channel = any(${textArray(scope.channels)})`;
  return sql`select p.id from participant p
    where p.workspace_id = ${scope.workspace} and p.record_id = ${scope.recordId} and ${onChannels}`;
}
