/* Entries of the history (Invariant 5). That none is undone twice is an index's to see. `e` is a row of `link_event`. */
import { sql } from 'drizzle-orm';
import { report, tableWalk, type Walk } from './check.ts';

const isMissing = (id: 'undoes' | 'caused_by') => sql`(e.${sql.raw(id)} is not null and not exists (
  select 1 from link_event earlier
  where earlier.workspace_id = e.workspace_id and earlier.id = e.${sql.raw(id)} and earlier.id < e.id))`;

export const entries: Walk = tableWalk(
  { name: 'link_event', alias: 'e', id: 'id' },
  {
    name: 'entries',
    steps: 'bigint',
    ofRecord: ({ workspace, recordId }) => sql`
      select e.id from participant p
      join link_event e on e.workspace_id = p.workspace_id and e.participant_id = p.id
      where p.workspace_id = ${workspace} and p.record_id = ${recordId}`,
    checks: [
      {
        name: 'history.follows_from_what_was',
        means: 'What an entry of the history undoes, and what it followed from, are earlier entries.',
        todo: report,
        broken: sql`${isMissing('undoes')} or ${isMissing('caused_by')}`,
      },
    ],
  },
);
