/*
 * The messages of all conversations of a record in one stream, newest first.
 *
 * No index has a record's messages in order, but a conversation's newest message bounds all of its messages. So a
 * page of n messages can only lie in the n conversations with the newest activity before the cursor (with ties),
 * and in those whose activity is newer than the cursor, which may hold older messages too. Of each, its newest
 * messages after the cursor are one short range of `message_conversation_idx`.
 */
import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Page, TimePosition } from '../cursor.ts';
import { linkedParticipants, type RecordScope } from './linked-conversations.ts';
import { isMessageAfter, readMessagePage } from './message-rows.ts';

/** A page of a record's messages over all channels; one statement. */
export async function readRecordTimeline(
  db: Rows,
  scope: RecordScope,
  options: { after: TimePosition | undefined; limit: number },
): Promise<Page<Message>> {
  const rowsMax = options.limit + 1;
  const chosen = sql`
    select newest.sent_at, newest.id
    from (${candidates(scope, options.after, rowsMax)}) candidate
    cross join lateral (
      select m.sent_at, m.id from message m
      where m.workspace_id = ${scope.workspace} and m.conversation_id = candidate.conversation_id
        and ${isMessageAfter(options.after)}
      order by m.sent_at desc nulls last, m.id desc nulls last
      limit ${rowsMax}
    ) newest
    order by newest.sent_at desc, newest.id desc
    limit ${rowsMax}`;
  return readMessagePage(db, { workspace: scope.workspace, chosen, limit: options.limit });
}

function candidates(scope: RecordScope, after: TimePosition | undefined, rowsMax: number): SQL {
  const linked = linkedParticipants(scope);
  if (after === undefined) return newestConversations(scope, { linked, rowsMax, before: sql`true` });
  return sql`
    select cp.conversation_id from (${linked}) linked
    join conversation_participant cp on cp.workspace_id = ${scope.workspace} and cp.participant_id = linked.id
    where cp.last_message_at >= ${after.at}::timestamptz
    union
    select older.conversation_id from (${newestConversations(scope, {
      linked,
      rowsMax,
      before: sql`cp.last_message_at < ${after.at}::timestamptz`,
    })}) older`;
}

function newestConversations(
  scope: RecordScope,
  options: { linked: SQL; rowsMax: number; before: SQL },
): SQL {
  return sql`
    select each.conversation_id from (
      select distinct recent.conversation_id, recent.last_message_at
      from (${options.linked}) linked
      cross join lateral (
        select cp.conversation_id, cp.last_message_at from conversation_participant cp
        where cp.workspace_id = ${scope.workspace} and cp.participant_id = linked.id and ${options.before}
        order by cp.last_message_at desc nulls last
        fetch first ${sql.raw(String(options.rowsMax))} rows with ties
      ) recent
    ) each
    order by each.last_message_at desc
    fetch first ${sql.raw(String(options.rowsMax))} rows with ties`;
}
