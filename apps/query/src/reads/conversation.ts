import { type Conversation, KithError } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import { conversationColumns, type ConversationRow, withParticipants } from './conversation-rows.ts';

/** A conversation with its participants. Throws `conversation_not_found`. */
export async function readConversation(
  db: Rows,
  workspace: string,
  conversationId: string,
): Promise<Conversation> {
  const row = await findConversation(db, workspace, conversationId);
  const [conversation] = await withParticipants(db, workspace, [row]);
  if (conversation === undefined) throw conversationNotFound();
  return conversation;
}

/**
 * The conversation of an id, also of an id that it had before it was merged into another: what callers keep stays
 * valid. Throws `conversation_not_found`.
 */
export async function findConversation(
  db: Rows,
  workspace: string,
  conversationId: string,
): Promise<ConversationRow> {
  if (!isUuid(conversationId)) throw conversationNotFound();
  const [row] = await db.rows<ConversationRow>(sql`
    select ${conversationColumns} from conversation c
    where c.workspace_id = ${workspace} and c.id = coalesce((
      select a.conversation_id from conversation_alias a
      where a.workspace_id = ${workspace} and a.alias_id = ${conversationId}::uuid), ${conversationId}::uuid)`);
  if (row === undefined) throw conversationNotFound();
  return row;
}

function conversationNotFound(): KithError {
  return new KithError('conversation_not_found', 'no conversation with this id', { field: 'conversationId' });
}
