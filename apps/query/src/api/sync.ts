import { KithError, RecordId, Sync } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor, TimePosition } from '../cursor.ts';
import { readSync, readSyncs } from '../reads/syncs.ts';
import { listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { isUuid } from '../uuid.ts';
import { inputs, paging } from './inputs.ts';

/** What was asked of providers' pasts, and how far it is. */
export function syncApi({ db }: Sources) {
  return router({
    /** How far a sync is, account by account. Fails with `sync_not_found`. */
    status: procedure
      .meta({ rest: 'GET /syncs/{syncId}', summary: 'How far a sync is', errors: ['sync_not_found'] })
      .input(z.strictObject({ syncId: inputs.id }))
      .output(Sync)
      .query(async ({ ctx, input }) => {
        const sync = isUuid(input.syncId) ? await readSync(db, ctx.workspace, input.syncId) : undefined;
        if (sync !== undefined) return sync;
        throw new KithError('sync_not_found', 'no sync with this id', { field: 'syncId' });
      }),

    /** Syncs of a record, of an account, or all, newest first. A page of `{ items, nextCursor }`. */
    list: procedure
      .meta({ rest: 'GET /syncs', summary: 'Syncs, newest first' })
      .input(
        z
          .strictObject({ recordId: RecordId.optional(), accountId: inputs.id.optional(), ...paging })
          .prefault({}),
      )
      .output(listOf(Sync))
      .query(({ ctx, input: { recordId, accountId, cursor, limit } }) =>
        readSyncs(
          db,
          { workspace: ctx.workspace, recordId, accountId },
          { after: decodeCursor(cursor, TimePosition), limit },
        ),
      ),
  });
}
