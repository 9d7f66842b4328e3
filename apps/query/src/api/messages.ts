import { Message, MessageHit } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor } from '../cursor.ts';
import { readMessageContent } from '../reads/message-content.ts';
import { HitPosition, searchMessages } from '../reads/message-search.ts';
import { readMessages } from '../reads/messages.ts';
import { requireRecord } from '../reads/record.ts';
import { listOf, MessageContent } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs, paging } from './inputs.ts';

const search = z.strictObject({
  query: inputs.query,
  recordId: inputs.recordId.optional(),
  channels: inputs.channels.optional(),
  ...paging,
});

/** What is asked of messages: by their ids, as `deliveries.outcomes` tells them, and by what they say. */
export function messagesApi(sources: Sources) {
  const { db } = sources;
  return router({
    /** Messages by their ids, at most 100, newest first, as `{ items }`; ids that are not known are left out. */
    get: procedure
      .meta({ rest: 'POST /messages/by-ids', summary: 'Messages by their ids' })
      .input(z.strictObject({ messageIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(Message) }))
      .query(async ({ ctx, input }) => ({ items: await readMessages(db, ctx.workspace, input.messageIds) })),

    /**
     * A message as it came: its HTML body, which is not sanitised, and whom it names. Fails with `message_not_found`.
     */
    content: procedure
      .meta({
        rest: 'GET /messages/{messageId}/content',
        summary: 'A message’s HTML and the people whom it names',
        errors: ['message_not_found'],
      })
      .input(z.strictObject({ messageId: inputs.id }))
      .output(MessageContent)
      .query(({ ctx, input }) => readMessageContent(sources, ctx.workspace, input.messageId)),

    /**
     * Messages by the words of their subject, text and people, best of the newest first, each with a score and the
     * fragments where it was found: a page of `{ items, nextCursor }`. All words have to be there; `"as a phrase"`,
     * `or` and `-without` are understood. Within a record or channels where given. A page may be short although there
     * is a next. Fails with `bad_input` where there is nothing to look for, and like `records.get`.
     */
    search: procedure
      .meta({
        rest: 'POST /messages/search',
        summary: 'Finds messages by their words, within a record or channels',
        errors: ['record_not_found', 'record_merged'],
      })
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
