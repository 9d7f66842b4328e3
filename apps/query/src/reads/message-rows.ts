/*
 * Messages as the reads show them: with who wrote them and what they carried. A page is one statement, whatever
 * chose it.
 *
 * A message names the identifier that wrote it, which is where an answer goes; whose it is may change when
 * participants merge, and the message then shows the participant that the identifier belongs to now.
 */
import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, type TimePosition, toPage } from '../cursor.ts';

/** Which messages: a select of the columns `sent_at` and `id`, and of how many a page has at most. */
export interface MessageSelection {
  workspace: string;
  /** Must give `limit + 1` rows where there are that many. */
  chosen: SQL;
  limit: number;
}

/** A page of messages, newest first. */
export async function readMessagePage(db: Rows, selection: MessageSelection): Promise<Page<Message>> {
  const rows = await db.rows<MessageRow>(sql`
    select m.id, m.conversation_id as "conversationId", m.channel, m.sent_at as "sentAt", m.subject, m.text,
      m.html_blob is not null as html, m.marks, sender.participant_id as "senderId",
      sender.value as "senderIdentifier", p.status = 'internal' as "isOurs",
      coalesce(mp.display_name, sender.display_name, p.display_name) as "senderName",
      coalesce((
        select json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size)
          order by a.position)
        from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id), '[]') as attachments
    from (${selection.chosen}) chosen
    join message m on m.workspace_id = ${selection.workspace} and m.id = chosen.id
    left join participant_identifier sender
      on sender.workspace_id = m.workspace_id and sender.id = m.sender_identifier_id
    left join participant p on p.workspace_id = m.workspace_id and p.id = sender.participant_id
    left join message_participant mp on mp.workspace_id = m.workspace_id and mp.message_id = m.id
      and mp.identifier_id = m.sender_identifier_id and mp.role = 'from'
    order by chosen.sent_at desc, chosen.id desc`);
  const page = toPage(rows, selection.limit, (row) => ({ at: row.sentAt, id: row.id }));
  return { ...page, items: page.items.map(toMessage) };
}

/** The condition that `message m` comes after a place in a list of messages. */
export function isMessageAfter(after: TimePosition | undefined): SQL {
  if (after === undefined) return sql`true`;
  return sql`(m.sent_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
}

type MessageRow = Omit<Message, 'direction' | 'sender' | 'state'> & {
  senderId: string | null;
  senderIdentifier: string | null;
  senderName: string | null;
  isOurs: boolean | null;
};

function toMessage(row: MessageRow): Message {
  const { senderId, senderIdentifier, senderName, isOurs, ...message } = row;
  return {
    ...message,
    direction: isOurs === true ? 'outbound' : 'inbound',
    sender: { participantId: senderId, displayName: senderName, identifier: senderIdentifier },
  };
}
