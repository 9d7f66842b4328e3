import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor } from '../cursor.ts';
import { EntryPosition, readWorkspaceHistory } from '../reads/workspace-history.ts';
import { listOf, WorkspaceHistoryEntry } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { paging } from './inputs.ts';

/** What was decided in a workspace. */
export function historyApi({ db }: Sources) {
  return router({
    /**
     * What people decided (`by: 'person'`), or all that happened to links, newest first: each entry can be undone with
     * `participants.undo`. A page of `{ items, nextCursor }`.
     */
    list: procedure
      .meta({ rest: 'GET /history', summary: 'What was decided, newest first' })
      .input(z.strictObject({ by: z.enum(['person', 'anyone']).default('person'), ...paging }).prefault({}))
      .output(listOf(WorkspaceHistoryEntry))
      .query(({ ctx, input }) =>
        readWorkspaceHistory(db, ctx.workspace, {
          by: input.by,
          after: decodeCursor(input.cursor, EntryPosition),
          limit: input.limit,
        }),
      ),
  });
}
