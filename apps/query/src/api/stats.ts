import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readMessageDays } from '../reads/message-days.ts';
import { readOverview } from '../reads/overview.ts';
import { MessageDay, Overview } from '../shapes.ts';
import type { Sources } from '../sources.ts';

/** A workspace in numbers. */
export function statsApi({ db }: Sources) {
  return router({
    /** The workspace in numbers, for a front page. */
    overview: procedure
      .meta({ rest: 'GET /stats', summary: 'The workspace in numbers' })
      .input(z.strictObject({}).prefault({}))
      .output(Overview)
      .query(({ ctx }) => readOverview(db, ctx.workspace)),

    /** How many messages were sent on each of the last days (UTC), by channel, oldest first, as `{ items }`; today last. */
    messages: procedure
      .meta({ rest: 'GET /stats/messages', summary: 'Messages of each day, by channel' })
      .input(z.strictObject({ days: z.int().min(1).max(366).default(90) }).prefault({}))
      .output(z.object({ items: z.array(MessageDay) }))
      .query(async ({ ctx, input }) => ({
        items: await readMessageDays(db, ctx.workspace, { days: input.days, now: new Date().toISOString() }),
      })),
  });
}
