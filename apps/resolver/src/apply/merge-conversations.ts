import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** Conversations that turned out to be one: everything of `from` moves `into` the oldest. */
export interface Merge {
  into: string;
  from: string[];
}

/** Moves messages, people and keys, and leaves an alias for each id that went. Costs what the moved ones hold. */
export async function mergeConversations(tx: Tx, merges: readonly Merge[]): Promise<void> {
  const pairs = merges.flatMap(({ into, from }) => from.map((id) => ({ into_id: into, from_id: id })));
  if (pairs.length === 0) return;
  const input = rowSet(pairs, 'into_id uuid, from_id uuid');
  const { workspace } = tx;
  await tx.rows(sql`update message m set conversation_id = input.into_id from ${input}
    where m.workspace_id = ${workspace} and m.conversation_id = input.from_id`);
  await tx.rows(sql`update conversation_key k set conversation_id = input.into_id from ${input}
    where k.workspace_id = ${workspace} and k.conversation_id = input.from_id`);
  await tx.rows(sql`update conversation_alias a set conversation_id = input.into_id from ${input}
    where a.workspace_id = ${workspace} and a.conversation_id = input.from_id`);
  await tx.rows(sql`insert into conversation_alias (workspace_id, alias_id, conversation_id)
    select ${workspace}, from_id, into_id from ${input}`);
  await tx.rows(sql`
    with gone as (
      delete from conversation_participant cp using ${input}
      where cp.workspace_id = ${workspace} and cp.conversation_id = input.from_id
      returning input.into_id, cp.participant_id, cp.role_rank, cp.last_message_at)
    insert into conversation_participant (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
    select ${workspace}, into_id, participant_id, min(role_rank), max(last_message_at)
    from gone group by into_id, participant_id
    on conflict (workspace_id, conversation_id, participant_id) do update
      set role_rank = least(conversation_participant.role_rank, excluded.role_rank)`);
  await tx.rows(sql`
    with gone as (
      delete from conversation c using ${input}
      where c.workspace_id = ${workspace} and c.id = input.from_id
      returning input.into_id, c.message_count, c.kind)
    update conversation c
    set message_count = c.message_count + moved.message_count,
      kind = case when moved.is_group then 'group' else c.kind end
    from (select into_id, sum(message_count)::int as message_count, bool_or(kind = 'group') as is_group
      from gone group by into_id) moved
    where c.workspace_id = ${workspace} and c.id = moved.into_id`);
}
