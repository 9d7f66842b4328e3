import { MessageStatus } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';

/** What a stored message shows now, and in what that differs from before. */
export interface RefreshedMessage {
  messageId: string;
  conversationId: string;
  status: MessageStatus | null;
  isAdvanced: boolean;
  /** Whether another text is shown: never of what was taken back. */
  isEdited: boolean;
  isDeleted: boolean;
}

/** Those of the messages of which something was told already: most new ones have nothing to take from there. */
export async function findTold(tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const ids = uuidArray(messageIds);
  const rows = await tx.rows<{ id: string }>(sql`
    select message_id as id from message_status where workspace_id = ${tx.workspace} and message_id = any(${ids})
    union
    select message_id from message_change where workspace_id = ${tx.workspace} and message_id = any(${ids})`);
  return rows.map(({ id }) => id);
}

const advancing = textArray(MessageStatus.options);

/**
 * Recomputes what messages repeat of what was told of them: the furthest status over their recipients, the newest
 * text, whether they were taken back. Rows that say so already are not written; answers those that were.
 */
export async function refreshMessages(tx: Tx, messageIds: readonly string[]): Promise<RefreshedMessage[]> {
  if (messageIds.length === 0) return [];
  // Each look-up is a probe of a primary key. "C" compares by bytes, as the resolver does.
  return tx.rows<RefreshedMessage>(sql`
    update message m
    set status = told.status, edited_text = told.edited_text, edited_at = told.edited_at,
      deleted_at = told.deleted_at
    from (
      select was.id, now.*,
        was.status is distinct from now.status as is_advanced,
        (was.edited_at, was.edited_text) is distinct from (now.edited_at, now.edited_text)
          and now.deleted_at is null as is_edited,
        (was.deleted_at is null) <> (now.deleted_at is null) as is_deleted
      from message was
      cross join lateral (
        select
          (select s.status from message_status s
            where s.workspace_id = was.workspace_id and s.message_id = was.id
            order by array_position(${advancing}, s.status) desc limit 1) as status,
          (select c.at from message_change c
            where c.workspace_id = was.workspace_id and c.message_id = was.id and c.change_id = '') as deleted_at,
          edit.at as edited_at, edit.text as edited_text
        from (select 1) always
        left join lateral (
          select c.at, c.text from message_change c
          where c.workspace_id = was.workspace_id and c.message_id = was.id and c.kind = 'edit'
          order by c.at desc, c.change_id collate "C" desc limit 1) edit on true
        offset 0) now
      where was.workspace_id = ${tx.workspace} and was.id = any(${uuidArray(messageIds)})
        and (was.status, was.edited_at, was.edited_text, was.deleted_at)
          is distinct from (now.status, now.edited_at, now.edited_text, now.deleted_at)) told
    where m.workspace_id = ${tx.workspace} and m.id = told.id
    returning m.id as "messageId", m.conversation_id as "conversationId", m.status,
      told.is_advanced as "isAdvanced", told.is_edited as "isEdited", told.is_deleted as "isDeleted"`);
}
