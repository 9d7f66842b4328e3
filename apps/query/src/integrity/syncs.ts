/* Syncs: whether one has ended follows from its parts. `y` is a row of `sync`. */
import { SyncState } from '@kith/contracts';
import { textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { tableWalk, type Walk } from './check.ts';

const ends = textArray(SyncState.exclude(['running', 'waiting']).options);
const todo =
  'sync again with records.sync: what arrived is not doubled. Then report it with "kith verify --json"';

const parts = sql`select part.finished_at, part.state from sync_part part
  where part.workspace_id = y.workspace_id and part.sync_id = y.id`;

export const syncs: Walk = tableWalk(
  { name: 'sync', alias: 'y', id: 'id' },
  {
    name: 'syncs',
    steps: 'uuid',
    ofRecord: ({ workspace, recordId }) => sql`
      select y.id from sync y where y.workspace_id = ${workspace} and y.record_id = ${recordId}`,
    checks: [
      {
        name: 'syncs.end_with_their_parts',
        means: 'A sync has ended when all of its parts have, and not before.',
        todo,
        broken: sql`(y.finished_at is not null) <> coalesce((
          select bool_and(part.finished_at is not null) from (${parts}) part), y.finished_at is not null)`,
      },
      {
        name: 'syncs.say_how_parts_ended',
        means: 'A part of a sync has ended exactly when it is completed, failed or not possible.',
        todo,
        broken: sql`exists (
          select 1 from (${parts}) part where (part.finished_at is not null) <> (part.state = any(${ends})))`,
      },
    ],
  },
);
