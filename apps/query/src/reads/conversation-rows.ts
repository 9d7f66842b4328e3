/*
 * Conversations as the reads show them. The participants of a whole page come with one statement, at most
 * `participantsMax` of each conversation: a mail to ten thousand people must not make its page heavy.
 */
import { type Conversation, type Participant, ParticipantRole } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { participantColumns, type ParticipantRow } from './participant-rows.ts';
import { rowOf } from './row-of.ts';

/** The columns of `conversation c` under the names of the `Conversation` shape. */
export const conversationColumns: SQL = sql`
  c.id, c.channel, c.kind, c.subject, c.last_message_at as "lastMessageAt", c.message_count as "messageCount",
  c.preview`;

/** A row of `conversationColumns`. */
export type ConversationRow = Omit<Conversation, 'participants' | 'participantCount'>;

const participantsMax = 50;

/** Adds to each conversation who takes part in it, authors first. */
export async function withParticipants(
  db: Rows,
  workspace: string,
  conversations: readonly ConversationRow[],
): Promise<Conversation[]> {
  const taking = await readTakingPart(
    db,
    workspace,
    conversations.map((conversation) => conversation.id),
  );
  return conversations.map((conversation) => {
    const found = taking.get(conversation.id) ?? [];
    return {
      ...conversation,
      participants: found.map(toParticipant),
      participantCount: found[0]?.participantCount ?? 0,
    };
  });
}

type TakingPart = ParticipantRow & { conversationId: string; roleRank: number; participantCount: number };

async function readTakingPart(
  db: Rows,
  workspace: string,
  conversationIds: readonly string[],
): Promise<Map<string, TakingPart[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db.rows<TakingPart>(sql`
    select ${participantColumns}, shown.id as "conversationId", taking.role_rank as "roleRank",
      taking.participant_count as "participantCount"
    from unnest(${uuidArray(conversationIds)}) as shown(id)
    cross join lateral (
      select cp.participant_id, cp.role_rank, count(*) over () as participant_count
      from conversation_participant cp
      where cp.workspace_id = ${workspace} and cp.conversation_id = shown.id
      order by cp.role_rank, cp.participant_id limit ${participantsMax}
    ) taking
    cross join lateral ${rowOf(sql`participant r where r.workspace_id = ${workspace} and r.id = taking.participant_id`)} p
    order by shown.id, taking.role_rank, taking.participant_id`);
  const byConversation = new Map<string, TakingPart[]>();
  for (const row of rows) {
    const found = byConversation.get(row.conversationId);
    if (found === undefined) byConversation.set(row.conversationId, [row]);
    else found.push(row);
  }
  return byConversation;
}

function toParticipant(row: TakingPart): Participant {
  const { conversationId: _, roleRank, participantCount: __, ...participant } = row;
  const role = ParticipantRole.options[roleRank];
  return role === undefined ? participant : { ...participant, role };
}
