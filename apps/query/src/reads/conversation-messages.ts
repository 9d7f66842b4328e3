import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Page, TimePosition } from '../cursor.ts';
import { findConversation } from './conversation.ts';
import { isMessageAfter, readMessagePage } from './message-rows.ts';

/** A page of a conversation's messages, newest first. Throws `conversation_not_found`. */
export async function readConversationMessages(
  db: Rows,
  scope: { workspace: string; conversationId: string },
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Message>> {
  const conversation = await findConversation(db, scope.workspace, scope.conversationId);
  const chosen = sql`
    select m.sent_at, m.id from message m
    where m.workspace_id = ${scope.workspace} and m.conversation_id = ${conversation.id}::uuid
      and ${isMessageAfter(options.after)}
    order by m.sent_at desc nulls last, m.id desc nulls last
    limit ${options.limit + 1}`;
  return readMessagePage(db, { workspace: scope.workspace, chosen, limit: options.limit });
}
