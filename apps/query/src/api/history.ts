import { KithError } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { listOf, WorkspaceHistoryEntry } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { paging } from './inputs.ts';

/** What was decided in a workspace. */
export function historyApi(_sources: Sources) {
  return router({
    /**
     * What people decided (`by: 'person'`), or all that happened to links, newest first: each entry can be undone with
     * `participants.undo`. A page of `{ items, nextCursor }`.
     */
    list: procedure
      .meta({ rest: 'GET /history', summary: 'What was decided, newest first' })
      .input(z.strictObject({ by: z.enum(['person', 'anyone']).default('person'), ...paging }).prefault({}))
      .output(listOf(WorkspaceHistoryEntry))
      .query(() => {
        throw new KithError('unavailable', 'not here yet');
      }),
  });
}
