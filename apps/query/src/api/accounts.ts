import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readAccounts } from '../reads/accounts.ts';
import { AccountSummary } from '../shapes.ts';
import type { Sources } from '../sources.ts';

/** What a workspace has connected. */
export function accountsApi({ db }: Sources) {
  return router({
    /**
     * The mailboxes, numbers and profiles that the workspace has connected, as `{ items }`. Secrets are never
     * told.
     */
    list: procedure
      .meta({ rest: 'GET /accounts', summary: 'The accounts of the workspace' })
      .input(z.strictObject({}).prefault({}))
      .output(z.object({ items: z.array(AccountSummary) }))
      .query(async ({ ctx }) => ({ items: await readAccounts(db, ctx.workspace) })),
  });
}
