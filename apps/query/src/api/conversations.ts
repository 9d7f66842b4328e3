import { Conversation, Message } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readConversationMessages } from '../reads/conversation-messages.ts';
import { readConversation, readConversations } from '../reads/conversation.ts';
import { listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs, pageIn, paging, window } from './inputs.ts';

/** What is asked of a conversation. */
export function conversationsApi({ db }: Sources) {
  return router({
    /** A conversation with its participants and a preview. Fails with `conversation_not_found`. */
    get: procedure
      .meta({
        rest: 'GET /conversations/{conversationId}',
        summary: 'A conversation',
        errors: ['conversation_not_found'],
      })
      .input(z.strictObject({ conversationId: inputs.id }))
      .output(Conversation)
      .query(({ ctx, input }) => readConversation(db, ctx.workspace, input.conversationId)),

    /**
     * Conversations by their ids, at most 100, as `{ items }` in the order asked for; ids that are not known are left
     * out, and one that was merged into another answers for what it became.
     */
    byIds: procedure
      .meta({ rest: 'POST /conversations/by-ids', summary: 'Conversations by their ids' })
      .input(z.strictObject({ conversationIds: z.array(inputs.id).max(100) }))
      .output(z.object({ items: z.array(Conversation) }))
      .query(async ({ ctx, input }) => ({
        items: await readConversations(db, ctx.workspace, input.conversationIds),
      })),

    /**
     * A conversation's messages, newest first, or as `order` says; before or after a time where given. A page of
     * `{ items, nextCursor }`, 50 unless `limit` says otherwise (at most 100). Fails with `conversation_not_found`.
     */
    messages: procedure
      .meta({
        rest: 'GET /conversations/{conversationId}/messages',
        summary: 'A conversation’s messages, newest first',
        errors: ['conversation_not_found'],
      })
      .input(
        z.strictObject({ conversationId: inputs.id, ...window, ...paging, limit: paging.limit.default(50) }),
      )
      .output(listOf(Message))
      .query(({ ctx, input }) =>
        readConversationMessages(
          db,
          { workspace: ctx.workspace, conversationId: input.conversationId },
          pageIn(input),
        ),
      ),
  });
}
