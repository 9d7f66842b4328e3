import { AccountId, DeadLetterReason } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { requestReplay } from '../replay/request-replay.ts';
import { type ApiParts, change } from './context.ts';

/** Dead letters of one call of `replay`. */
const manyMax = 1000;

const ReplayInput = z
  .strictObject({
    deadLetterIds: z.array(z.string().min(1).max(100)).min(1).max(manyMax).optional(),
    accountId: AccountId.optional(),
    reason: DeadLetterReason.optional(),
  })
  .refine(
    ({ deadLetterIds, accountId, reason }) =>
      deadLetterIds === undefined || (accountId ?? reason) === undefined,
    {
      message: 'name dead letters by their ids, or all of an account or reason, not both',
      path: ['deadLetterIds'],
    },
  );

/** What was accepted and could not be stored. */
export const deadLettersRouter = (parts: ApiParts) =>
  router({
    /**
     * Reads dead letters again, with what the services know today: those named, or (at most 1,000 of) all, of an account
     * or a reason. Each ends as stored, duplicate or ignored and leaves the list, or stays with what it fails with now;
     * the accounting moves with it. `replayed` counts those on their way, `skipped` those of which nothing is kept.
     */
    replay: procedure
      .meta({
        rest: 'POST /dead-letters/replay',
        summary: 'Reads dead letters again',
        errors: ['dead_letter_not_found'],
      })
      .input(ReplayInput)
      .output(z.object({ replayed: z.int(), skipped: z.int() }))
      .mutation(({ ctx, input }) => change(parts, ctx, (tx) => requestReplay(tx, input, manyMax))),
  });
