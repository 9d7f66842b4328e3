/*
 * The messages of all conversations of a record in one stream, newest first.
 *
 * `record_message` has a record's messages of each channel in this very order, so a page is at most three short ranges
 * of its key, wherever it lies and however much there is (Invariant 6).
 */
import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Page, TimePosition } from '../cursor.ts';
import { readMessagePage } from './message-rows.ts';
import { newestOfChannels, type RecordScope } from './record-scope.ts';

/** A page of a record's messages over all channels; one statement. */
export async function readRecordTimeline(
  db: Rows,
  scope: RecordScope,
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Message>> {
  const chosen = newestOfChannels(scope, {
    from: sql`record_message`,
    at: sql`sent_at`,
    id: sql`message_id`,
    after: options.after,
    rowsMax: options.limit + 1,
  });
  return readMessagePage(db, {
    workspace: scope.workspace,
    chosen: sql`select page.at as sent_at, page.id from (${chosen}) page`,
    limit: options.limit,
  });
}
