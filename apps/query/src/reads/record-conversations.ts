/*
 * The conversations of a record, newest activity first: those of every participant that is linked to it.
 *
 * `record_conversation` has each of them once, through however many participants it is reached, in this very order: a
 * page is at most three short ranges of one index, whether a record has ten conversations or a million (Invariant 6).
 */
import type { Conversation } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type Page, type TimePosition, toPage } from '../cursor.ts';
import { conversationColumns, type ConversationRow, withParticipants } from './conversation-rows.ts';
import { firstOfChannels, type RecordScope } from './record-scope.ts';

/** A page of a record's conversations with their participants; two statements, however many there are. */
export async function readRecordConversations(
  db: Rows,
  scope: RecordScope,
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Conversation>> {
  const newest = firstOfChannels(scope, {
    from: sql`record_conversation`,
    at: sql`last_message_at`,
    id: sql`conversation_id`,
    part: { order: 'newest', shown: options.after },
    rowsMax: options.limit + 1,
  });
  const rows = await db.rows<ConversationRow>(sql`
    select ${conversationColumns}
    from (${newest}) page
    join conversation c on c.workspace_id = ${scope.workspace} and c.id = page.id
    order by page.at desc, page.id desc`);
  const page = toPage(rows, options.limit, (row) => ({ at: row.lastMessageAt, id: row.id }));
  return { ...page, items: await withParticipants(db, scope.workspace, page.items) };
}
