import type { Message } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { isUuid } from '../uuid.ts';
import { readMessagePage } from './message-rows.ts';

/** Those of the messages that are stored, newest first. */
export async function readMessages(
  db: Rows,
  workspace: string,
  messageIds: readonly string[],
): Promise<Message[]> {
  const asked = messageIds.filter(isUuid);
  const chosen = sql`
    select m.sent_at, m.id from message m
    where m.workspace_id = ${workspace} and m.id = any(${uuidArray(asked)})`;
  const { items } = await readMessagePage(db, {
    workspace,
    chosen,
    order: 'newest',
    limit: asked.length,
  });
  return items;
}
