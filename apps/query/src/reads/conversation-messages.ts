import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Page } from '../cursor.ts';
import { findConversation } from './conversation.ts';
import { inPartOrder, isInPart, type ListPart } from './list-part.ts';
import { messagesInConversation, readMessagePage } from './message-rows.ts';

/** A page of a conversation's messages, from either end. Throws `conversation_not_found`. */
export async function readConversationMessages(
  db: Rows,
  scope: { workspace: string; conversationId: string },
  { limit, ...part }: ListPart & { limit: number },
): Promise<Page<Message>> {
  const conversation = await findConversation(db, scope.workspace, scope.conversationId);
  const chosen = sql`
    select m.sent_at, m.id from message m
    where m.workspace_id = ${scope.workspace} and m.conversation_id = ${conversation.id}::uuid
      and ${isInPart(part, messagesInConversation)}
    order by ${inPartOrder(part, messagesInConversation)}
    limit ${limit + 1}`;
  return readMessagePage(db, { workspace: scope.workspace, chosen, order: part.order, limit });
}
