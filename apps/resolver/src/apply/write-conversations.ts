/*
 * Writes the conversations of a batch and their keys. Every statement takes the whole batch.
 */
import type { Channel } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Components } from './components.ts';
import type { KnownKey, Plan } from './conversations.ts';
import { anyKeyOf } from './items.ts';
import type { MessageCopy } from './lay-out.ts';

/** Makes the conversations that are new; answers them. */
export async function insertConversations(
  tx: Tx,
  input: { channel: Channel; copies: readonly MessageCopy[]; components: Components; plan: Plan },
): Promise<{ id: string; channel: Channel }[]> {
  const rows = new Map<string, { id: string; kind: string; last_message_at: string }>();
  for (const copy of input.copies) {
    const id = input.plan.conversationOf(input.components.root(anyKeyOf(copy)));
    if (!input.plan.isNew(id)) continue;
    const kind = rows.get(id)?.kind === 'group' ? 'group' : copy.item.conversation.kind;
    rows.set(id, { id, kind, last_message_at: copy.sentAt });
  }
  if (rows.size === 0) return [];
  await tx.rows(sql`
    insert into conversation (workspace_id, id, channel, kind, preview, message_count, last_message_at)
    select ${tx.workspace}, id, ${input.channel}, kind, '', 0, last_message_at
    from ${rowSet([...rows.values()], 'id uuid, kind text, last_message_at timestamptz')}`);
  return [...rows.keys()].map((id) => ({ id, channel: input.channel }));
}

/** What is stored as direct and a copy calls a group is a group, in whichever order: not every payload tells. */
export async function becomeGroups(
  tx: Tx,
  batch: {
    copies: readonly MessageCopy[];
    components: Components;
    plan: Plan;
    known: readonly KnownKey[];
  },
): Promise<void> {
  const { components, plan } = batch;
  const groups = new Set(
    batch.copies
      .filter(({ item }) => item.conversation.kind === 'group')
      .map((copy) => components.root(anyKeyOf(copy))),
  );
  if (groups.size === 0) return;
  const changed = batch.known
    .filter(({ key, kind }) => kind === 'direct' && groups.has(components.root(key)))
    .map(({ key }) => plan.conversationOf(components.root(key)));
  if (changed.length === 0) return;
  await tx.rows(sql`update conversation set kind = 'group' where workspace_id = ${tx.workspace}
    and id = any(${uuidArray([...new Set(changed)])})`);
}

/** Remembers which conversation every key belongs to, also those that are only referred to. */
export async function insertKeys(
  tx: Tx,
  channel: string,
  input: { keys: readonly string[]; components: Components; plan: Plan },
): Promise<void> {
  const rows = input.keys.map((key) => ({
    key,
    conversation_id: input.plan.conversationOf(input.components.root(key)),
  }));
  await tx.rows(sql`
    insert into conversation_key (workspace_id, channel, key, conversation_id)
    select ${tx.workspace}, ${channel}, key, conversation_id
    from ${rowSet(rows, 'key text, conversation_id uuid')}
    on conflict (workspace_id, channel, key) do nothing`);
}
