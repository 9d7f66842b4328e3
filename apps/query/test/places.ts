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
  /** In every fortieth conversation, by email. */
  colleague: string;
  /** Of the crowd, in a few dozen conversations, and of the largest record, in tens of thousands. */
  one: string;
  busiest: string;
  /** As many as can be asked for at once. */
  conversations: string[];
}

/** What `populate` leaves out: of each link two entries of rules in the history, and of every fiftieth a person's. */
export async function writeHistory(db: Rows, workspace: string): Promise<void> {
  for (const [reason, isOf] of [
    ['webhook', sql`true`],
    ['person', sql`uuid_hash(p.id) % 50 = 0`],
    ['record_changed', sql`true`],
  ] as const) {
    await db.rows(sql`
      insert into link_event (workspace_id, participant_id, at, actor, action, reason, status, record_id, evidence, before)
      select p.workspace_id, p.id, now(), 'key:none', 'linked', ${reason}, 'linked', p.record_id, '[]', '{}'
      from participant p where p.workspace_id = ${workspace} and p.record_id is not null and ${isOf}`);
  }
  await db.rows(sql`vacuum (analyze) link_event`);
}

/** The places of a populated workspace that its population does not name. */
export async function findPlaces(
  db: Rows,
  given: Population & Pick<Places, 'workspace' | 'apiKey'>,
): Promise<Places> {
  const { workspace, largest, crowd } = given;
  const first = async <T extends object>(query: SQL): Promise<T> => {
    const [row] = await db.rows<T>(query);
    if (row === undefined) throw new Error('the workspace is not as it was populated');
    return row;
  };
  const takesPart = (recordId: string, place: number) =>
    first<{ id: string }>(sql`
      select p.id from participant p
      join conversation_participant cp on cp.workspace_id = p.workspace_id and cp.participant_id = p.id
      where p.workspace_id = ${workspace} and p.record_id = ${recordId}
      group by p.id order by count(*) desc, p.id offset ${place} limit 1`);
  const [farConversation, farMessage, conversation, colleague, one, busiest, found] = await Promise.all([
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
      select id from participant where workspace_id = ${workspace} and status = 'internal' and channel = 'email' limit 1`),
    takesPart(crowd, 10),
    takesPart(largest, 0),
    db.rows<{ id: string }>(sql`
      select id from conversation where workspace_id = ${workspace} order by md5(id::text) limit 100`),
  ]);
  return {
    ...given,
    farConversation,
    farMessage,
    conversation: conversation.id,
    colleague: colleague.id,
    one: one.id,
    busiest: busiest.id,
    conversations: found.map(({ id }) => id),
  };
}
