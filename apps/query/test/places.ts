/* What the budgets of reads look at in a workspace that `populate` made. */
import type { Rows } from '@kith/database';
import type { Population } from '@kith/database/population';
import { type SQL, sql } from 'drizzle-orm';
import type { TimePosition } from '../src/cursor.ts';

/** When the newest message of a population is sent. */
export const populatedUntil = '2026-06-01T00:00:00.000Z';

/** Records, and what is in their lists. */
export interface Places extends Population {
  workspace: string;
  apiKey: string;
  /** The end of page 1,000 of the largest record's lists. */
  farConversation: TimePosition;
  farMessage: TimePosition;
  /** With nine messages. */
  conversation: string;
  /** In every fortieth conversation. */
  colleague: string;
}

/** The places of a populated workspace that its population does not name. */
export async function findPlaces(
  db: Rows,
  given: Omit<Places, 'farConversation' | 'farMessage' | 'conversation' | 'colleague'>,
): Promise<Places> {
  const { workspace, largest } = given;
  const first = async <T extends object>(query: SQL): Promise<T> => {
    const [row] = await db.rows<T>(query);
    if (row === undefined) throw new Error('the workspace is not as it was populated');
    return row;
  };
  const [farConversation, farMessage, conversation, colleague] = await Promise.all([
    first<TimePosition>(sql`
      select last_message_at as at, conversation_id as id from record_conversation
      where workspace_id = ${workspace} and record_id = ${largest}
      order by last_message_at desc, conversation_id desc offset 24999 limit 1`),
    first<TimePosition>(sql`
      select sent_at as at, message_id as id from record_message
      where workspace_id = ${workspace} and record_id = ${largest}
      order by sent_at desc, message_id desc offset 49999 limit 1`),
    first<{ id: string }>(sql`
      select id from conversation where workspace_id = ${workspace} and message_count = 9 limit 1`),
    first<{ id: string }>(sql`
      select id from participant where workspace_id = ${workspace} and status = 'internal' limit 1`),
  ]);
  return { ...given, farConversation, farMessage, conversation: conversation.id, colleague: colleague.id };
}
