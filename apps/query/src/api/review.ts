import { Channel, ReviewItem } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { CountPosition, decodeCursor } from '../cursor.ts';
import { readReviewList } from '../reads/review-list.ts';
import { listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { paging } from './inputs.ts';

const reasons = z
  .array(ReviewItem.shape.reason)
  .min(1, 'name at least one reason, or leave it out for ambiguous and contested')
  .max(3);

/** What waits for a person's word. */
export function reviewApi({ db }: Sources) {
  return router({
    /**
     * Participants that wait for a person's word, with their candidates, most traffic first; ambiguous and
     * contested ones unless `reasons` says otherwise. A page of `{ items, nextCursor }`.
     */
    list: procedure
      .meta({
        rest: 'GET /review',
        summary: 'Participants that wait for a person’s word, most traffic first',
      })
      .input(
        z
          .strictObject({
            reasons: reasons.default(['ambiguous', 'contested']),
            channel: Channel.optional(),
            ...paging,
          })
          .prefault({}),
      )
      .output(listOf(ReviewItem))
      .query(({ ctx, input }) =>
        readReviewList(
          db,
          { workspace: ctx.workspace, reasons: input.reasons, channel: input.channel },
          { after: decodeCursor(input.cursor, CountPosition), limit: input.limit },
        ),
      ),
  });
}
