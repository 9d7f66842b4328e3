import { AccountId, Accounting } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor, TimePosition } from '../cursor.ts';
import { readAccountingByAccount } from '../reads/account-accounting.ts';
import { readAccounting } from '../reads/accounting.ts';
import { readDeadLetters } from '../reads/dead-letters.ts';
import { readDeliveryOutcomes } from '../reads/delivery-outcomes.ts';
import { AccountAccounting, DeadLetter, DeliveryOutcomes, listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { paging } from './inputs.ts';

/** What became of deliveries. */
export function deliveriesApi({ db, bus }: Sources) {
  return router({
    /**
     * What became of everything that was accepted: accepted = stored + duplicate + ignored + deadLettered +
     * pending, counted per item.
     */
    accounting: procedure
      .meta({ rest: 'GET /deliveries/accounting', summary: 'How everything that was accepted ended' })
      .input(z.strictObject({}).prefault({}))
      .output(Accounting)
      .query(({ ctx }) => readAccounting({ db, bus }, ctx.workspace)),

    /** What became of what came through each account, as `{ items }`: the accounting of `accounting`, told apart. */
    accountingByAccount: procedure
      .meta({ rest: 'GET /deliveries/accounting/accounts', summary: 'The accounting of each account' })
      .input(z.strictObject({}).prefault({}))
      .output(z.object({ items: z.array(AccountAccounting) }))
      .query(async ({ ctx }) => ({ items: await readAccountingByAccount(db, ctx.workspace) })),

    /** What became of deliveries, at most 500 ids, as `{ items }`. */
    outcomes: procedure
      .meta({ rest: 'POST /deliveries/outcomes', summary: 'How the items of deliveries ended' })
      .input(z.strictObject({ deliveryIds: z.array(z.guid()).max(500) }))
      .output(z.object({ items: z.array(DeliveryOutcomes) }))
      .query(async ({ ctx, input }) => ({
        items: await readDeliveryOutcomes(db, ctx.workspace, input.deliveryIds),
      })),

    /** What could not be applied, newest first, with its error; of one account where given. A page of `{ items, nextCursor }`. */
    deadLetters: procedure
      .meta({
        rest: 'GET /deliveries/dead-letters',
        summary: 'What was accepted and could not be stored, newest first',
      })
      .input(z.strictObject({ accountId: AccountId.optional(), ...paging }).prefault({}))
      .output(listOf(DeadLetter))
      .query(({ ctx, input }) =>
        readDeadLetters(db, ctx.workspace, {
          accountId: input.accountId,
          after: decodeCursor(input.cursor, TimePosition),
          limit: input.limit,
        }),
      ),
  });
}
