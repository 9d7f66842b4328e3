import { type Rows, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { shownText } from './message-parts.ts';

const conversationsMax = 5;
const messagesMax = 5;
/** How far back in a conversation a participant's own messages are looked for: others may have written since. */
const lookBackMax = 25;
/** As far as signatures are looked for, and one more by which a text is seen to be longer. */
const textCharsMax = 20_001;

/**
 * The newest messages that each participant wrote: of its five newest conversations at most five each, newest first.
 * Short ranges of two indexes for each participant, whatever lies behind them; one statement for all.
 */
export async function readSentMessages(
  db: Rows,
  workspace: string,
  participantIds: readonly string[],
): Promise<ReadonlyMap<string, { id: string; text: string }[]>> {
  if (participantIds.length === 0) return new Map();
  const rows = await db.rows<{ participantId: string; id: string; text: string }>(sql`
    select writer.id as "participantId", sent.id, left(sent.text, ${textCharsMax}) as text
    from unnest(${uuidArray(participantIds)}) writer(id)
    cross join lateral (
      select cp.conversation_id, cp.role_rank from conversation_participant cp
      where cp.workspace_id = ${workspace} and cp.participant_id = writer.id
      order by cp.last_message_at desc nulls last, cp.conversation_id desc nulls last
      limit ${conversationsMax}
    ) recent
    cross join lateral (
      select newest.* from (
        select m.id, ${shownText} as text, m.sent_at, m.sender_identifier_id from message m
        where m.workspace_id = ${workspace} and m.conversation_id = recent.conversation_id
        order by m.sent_at desc nulls last, m.id desc nulls last
        limit ${lookBackMax}
      ) newest
      join participant_identifier own on own.workspace_id = ${workspace}
        and own.id = newest.sender_identifier_id and own.participant_id = writer.id
      order by newest.sent_at desc, newest.id desc
      limit ${messagesMax}
    ) sent
    where recent.role_rank = 0
    order by writer.id, sent.sent_at desc, sent.id desc`);
  const byWriter = new Map<string, { id: string; text: string }[]>();
  for (const { participantId, ...message } of rows) {
    const messages = byWriter.get(participantId);
    if (messages === undefined) byWriter.set(participantId, [message]);
    else messages.push(message);
  }
  return byWriter;
}
