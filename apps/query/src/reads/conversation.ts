import { type Conversation, KithError } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import { conversationColumns, type ConversationRow, withParticipants } from './conversation-rows.ts';
import { rowOf } from './row-of.ts';

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
 * Those of the conversations that are there, in the order of their ids, each once and with its participants: as many
 * statements as for one.
 */
export async function readConversations(
  db: Rows,
  workspace: string,
  conversationIds: readonly string[],
): Promise<Conversation[]> {
  const rows = await db.rows<ConversationRow>(sql`
    select ${conversationColumns} from (
      select coalesce(a.conversation_id, asked.id) as id, min(asked.place) as place
      from unnest(${uuidArray(conversationIds.filter(isUuid))}) with ordinality asked(id, place)
      left join lateral ${rowOf(sql`conversation_alias r
        where r.workspace_id = ${workspace} and r.alias_id = asked.id`)} a on true
      group by 1) named
    cross join lateral ${rowOf(sql`conversation r where r.workspace_id = ${workspace} and r.id = named.id`)} c
    order by named.place`);
  return withParticipants(db, workspace, rows);
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
