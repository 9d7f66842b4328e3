import { Channel } from '@kith/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { firstOfAll, inPartOrder, isInPart, type ListColumns, type ListPart } from './list-part.ts';

/** Whose conversations: a record's, on some channels or (undefined) on all. */
export interface RecordScope {
  workspace: string;
  recordId: string;
  channels: readonly Channel[] | undefined;
}

/** A table of the read model of records, the columns that it is listed by, and which part of the list is wanted. */
interface RecordList extends ListColumns {
  from: SQL;
  part: ListPart;
  rowsMax: number;
}

/**
 * A select of `at` and `id`, in the order of the part: the first of each channel together. A range for each channel, and
 * not one for all, so that a channel with three messages is found among a million of another.
 */
export function firstOfChannels(scope: RecordScope, list: RecordList): SQL {
  const { from, at, id, part, rowsMax } = list;
  const ranges = [...new Set(scope.channels ?? Channel.options)].map(
    (channel) => sql`(
      select ${at} as at, ${id} as id from ${from}
      where workspace_id = ${scope.workspace} and record_id = ${scope.recordId} and channel = ${channel}
        and ${isInPart(part, list)}
      order by ${inPartOrder(part, list)} limit ${rowsMax})`,
  );
  return firstOfAll(ranges, part, rowsMax);
}
