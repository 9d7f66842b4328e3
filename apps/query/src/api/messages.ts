import { Message, MessageHit } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor } from '../cursor.ts';
import { HitPosition, searchMessages } from '../reads/message-search.ts';
import { readMessages } from '../reads/messages.ts';
import { requireRecord } from '../reads/record.ts';
import { listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs, paging } from './inputs.ts';

const search = z.strictObject({
  query: inputs.query,
  recordId: inputs.recordId.optional(),
  channels: inputs.channels.optional(),
  ...paging,
});

/** What is asked of messages: by their ids, as `deliveries.outcomes` tells them, and by what they say. */
export function messagesApi({ db }: Sources) {
  return router({
    get: procedure
      .input(z.strictObject({ messageIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(Message) }))
      .query(async ({ ctx, input }) => ({ items: await readMessages(db, ctx.workspace, input.messageIds) })),

    search: procedure
      .input(search)
      .output(listOf(MessageHit))
      .query(async ({ ctx, input: { query, recordId, channels, cursor, limit } }) => {
        const after = decodeCursor(cursor, HitPosition);
        if (recordId !== undefined) await requireRecord(db, ctx.workspace, recordId);
        const now = new Date().toISOString();
        return searchMessages(db, {
          workspace: ctx.workspace,
          typed: query,
          recordId,
          channels,
          after,
          limit,
          now,
        });
      }),
  });
}
