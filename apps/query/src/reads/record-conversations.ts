/*
 * The conversations of a record, newest activity first: those of every participant that is linked to it.
 *
 * Each participant's newest conversations are one short range of `conversation_participant_recent_idx`; the page is
 * the newest of these ranges together. So the page costs participants × limit, whether a record has ten
 * conversations or 100,000, and a conversation reached through several participants appears once.
 */
import type { Conversation } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type TimePosition, toPage } from '../cursor.ts';
import { conversationColumns, type ConversationRow, withParticipants } from './conversation-rows.ts';
import { linkedParticipants, type RecordScope } from './linked-conversations.ts';

/** A page of a record's conversations with their participants; two statements, however many there are. */
export async function readRecordConversations(
  db: Rows,
  scope: RecordScope,
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Conversation>> {
  const rows = await db.rows<ConversationRow>(sql`
    select ${conversationColumns}
    from (
      select distinct recent.last_message_at, recent.conversation_id
      from (${linkedParticipants(scope)}) linked
      cross join lateral (
        select cp.last_message_at, cp.conversation_id from conversation_participant cp
        where cp.workspace_id = ${scope.workspace} and cp.participant_id = linked.id and ${isAfter(options.after)}
        order by cp.last_message_at desc nulls last, cp.conversation_id desc nulls last
        limit ${options.limit + 1}
      ) recent
      order by recent.last_message_at desc, recent.conversation_id desc
      limit ${options.limit + 1}
    ) page
    join conversation c on c.workspace_id = ${scope.workspace} and c.id = page.conversation_id
    order by page.last_message_at desc, page.conversation_id desc`);
  const page = toPage(rows, options.limit, (row) => ({ at: row.lastMessageAt, id: row.id }));
  return { ...page, items: await withParticipants(db, scope.workspace, page.items) };
}

function isAfter(after: TimePosition | undefined): SQL {
  if (after === undefined) return sql`true`;
  return sql`(cp.last_message_at, cp.conversation_id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}
