import { Message } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readMessages } from '../reads/messages.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

/** What is asked of messages by their ids, as `deliveries.outcomes` tells them. */
export function messagesApi({ db }: Sources) {
  return router({
    /** Messages by their ids, at most 100, newest first, as `{ items }`; ids that are not known are left out. */
    get: procedure
      .meta({ rest: 'POST /messages/by-ids', summary: 'Messages by their ids' })
      .input(z.strictObject({ messageIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(Message) }))
      .query(async ({ ctx, input }) => ({ items: await readMessages(db, ctx.workspace, input.messageIds) })),
  });
}
