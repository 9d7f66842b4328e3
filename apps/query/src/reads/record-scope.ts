import { Channel } from '@kith/contracts';
import { type SQL, sql } from 'drizzle-orm';
import type { TimePosition } from '../cursor.ts';

/** Whose conversations: a record's, on some channels or (undefined) on all. */
export interface RecordScope {
  workspace: string;
  recordId: string;
  channels: readonly Channel[] | undefined;
}

/** A table of the read model of records, the columns that it is listed by, and which part of the list is wanted. */
interface RecordList {
  from: SQL;
  at: SQL;
  id: SQL;
  after: TimePosition | undefined;
  rowsMax: number;
}

/**
 * A select of `at` and `id`, newest first: the newest of each channel together. A range for each channel, and not one
 * for all, so that a channel with three messages is found among a million of another.
 */
export function newestOfChannels(scope: RecordScope, list: RecordList): SQL {
  const { from, at, id, after, rowsMax } = list;
  const isFurther =
    after === undefined ? sql`true` : sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const ranges = [...new Set(scope.channels ?? Channel.options)].map(
    (channel) => sql`(
      select ${at} as at, ${id} as id from ${from}
      where workspace_id = ${scope.workspace} and record_id = ${scope.recordId} and channel = ${channel}
        and ${isFurther}
      order by ${at} desc, ${id} desc limit ${rowsMax})`,
  );
  return sql`
    select newest.at, newest.id from (${sql.join(ranges, sql` union all `)}) newest
    order by newest.at desc, newest.id desc limit ${rowsMax}`;
}
