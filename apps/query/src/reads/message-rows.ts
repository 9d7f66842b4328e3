/*
 * Messages as the reads show them: with who wrote them and what they carried. A page is one statement, whatever
 * chose it.
 *
 * A message names the identifier that wrote it, which is where an answer goes; whose it is may change when
 * participants merge, and the message then shows the participant that the identifier belongs to now.
 */
import type { Attachment, MediaFailure, Message, Reaction } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { type Page, toPage } from '../cursor.ts';
import { inPartOrder, type ListColumns, type ListPart } from './list-part.ts';
import { rowOf } from './row-of.ts';
import { shownAttachments, shownNewText, shownReactions, shownText } from './message-parts.ts';

/** Which messages: a select of the columns `sent_at` and `id`, and of how many a page has at most. */
export interface MessageSelection {
  workspace: string;
  /** Must give `limit + 1` rows where there are that many. */
  chosen: SQL;
  order: ListPart['order'];
  limit: number;
}

/** A page of messages, newest or oldest first. */
export async function readMessagePage(db: Rows, selection: MessageSelection): Promise<Page<Message>> {
  const rows = await db.rows<MessageRow>(sql`
    select m.id, m.conversation_id as "conversationId", m.channel, m.sent_at as "sentAt", m.subject,
      ${shownText} as text, ${shownNewText} as "newText", m.status, m.marks,
      m.html_blob is not null and m.edited_text is null and m.deleted_at is null as html,
      m.deleted_at is not null as "isDeleted", m.edited_text is not null as "isEdited",
      m.by_account or coalesce(p.status = 'internal', false) as "isOurs",
      (select answered.id from message answered
        where answered.workspace_id = m.workspace_id and answered.id = m.in_reply_to) as "repliesTo",
      sender.participant_id as "senderId", sender.value as "senderIdentifier",
      coalesce(mp.display_name, sender.display_name, p.display_name) as "senderName",
      ${shownAttachments} as attachments, ${shownReactions} as reactions
    from (${selection.chosen}) chosen
    cross join lateral ${rowOf(sql`message r where r.workspace_id = ${selection.workspace} and r.id = chosen.id`)} m
    left join lateral ${rowOf(sql`participant_identifier r
      where r.workspace_id = m.workspace_id and r.id = m.sender_identifier_id`)} sender on true
    left join lateral ${rowOf(sql`participant r
      where r.workspace_id = m.workspace_id and r.id = sender.participant_id`)} p on true
    left join lateral ${rowOf(sql`message_participant r
      where r.workspace_id = m.workspace_id and r.message_id = m.id and r.identifier_id = m.sender_identifier_id
        and r.role = 'from'`)} mp on true
    order by ${inPartOrder(selection, { at: sql`chosen.sent_at`, id: sql`chosen.id` })}`);
  const page = toPage(rows, selection.limit, (row) => ({ at: row.sentAt, id: row.id }));
  return { ...page, items: page.items.map(toMessage) };
}

/** What `message m` of a conversation is sorted by, as `message_conversation_idx` has it. */
export const messagesInConversation: ListColumns = { at: sql`m.sent_at`, id: sql`m.id`, isDescending: true };

type MessageRow = Omit<Message, 'direction' | 'sender' | 'state' | 'html' | 'attachments' | 'reactions'> & {
  html: boolean;
  senderId: string | null;
  senderIdentifier: string | null;
  senderName: string | null;
  isOurs: boolean;
  isDeleted: boolean;
  isEdited: boolean;
  attachments: (Omit<Attachment, 'failure'> & { failure: MediaFailure | null })[];
  /** Times as JSON in the database writes them. */
  reactions: Reaction[];
};

function toMessage(row: MessageRow): Message {
  const { senderId, senderIdentifier, senderName, isOurs, isDeleted, isEdited, ...message } = row;
  return {
    ...message,
    direction: isOurs ? 'outbound' : 'inbound',
    sender: { participantId: senderId, displayName: senderName, identifier: senderIdentifier },
    attachments: row.attachments.map(({ failure, ...file }) =>
      failure === null || file.state !== 'unavailable' ? file : { ...file, failure },
    ),
    reactions: row.reactions.map((reaction) => ({ ...reaction, at: new Date(reaction.at).toISOString() })),
    ...stateOf({ isDeleted, isEdited }),
  };
}

function stateOf({
  isDeleted,
  isEdited,
}: Pick<MessageRow, 'isDeleted' | 'isEdited'>): Pick<Message, 'state'> {
  if (isDeleted) return { state: 'deleted' };
  return isEdited ? { state: 'edited' } : {};
}
