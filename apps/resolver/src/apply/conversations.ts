/*
 * Which conversation each message of a batch belongs to: finds, makes and merges conversations by their keys.
 *
 * Keys that a message names together belong together; keys that are known already bring their conversation. Where
 * two conversations meet, the oldest stays and the other's id goes on resolving through `conversation_alias`.
 */
import type { Channel } from '@kith/contracts';
import { textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { idOf } from '../ids.ts';
import { type Components, createComponents } from './components.ts';
import { conversationKeys } from './items.ts';
import type { MessageCopy } from './lay-out.ts';
import { type Merge, mergeConversations } from './merge-conversations.ts';
import { becomeGroups, insertConversations, insertKeys } from './write-conversations.ts';

/** The conversations of a batch. */
export interface BatchConversations {
  /** The conversation's id for each copy's message id. */
  ofMessage: ReadonlyMap<string, string>;
  created: { id: string; channel: Channel }[];
  merges: Merge[];
}

/** A key that is stored, with its conversation. */
export interface KnownKey {
  key: string;
  conversationId: string;
  kind: string;
  createdAt: string;
}

/** Places every copy. All copies of one call are of one channel. */
export async function placeConversations(
  tx: Tx,
  channel: Channel,
  copies: readonly MessageCopy[],
): Promise<BatchConversations> {
  const components = createComponents();
  for (const { item } of copies) components.join(conversationKeys(item.conversation));
  const keys = components.groups().flat();
  const known = await findKnown(tx, channel, keys);
  joinKnown(components, known);
  const plan = planComponents({ workspace: tx.workspace, channel, components, known });
  await mergeConversations(tx, plan.merges);
  const created = await insertConversations(tx, { channel, copies, components, plan });
  await becomeGroups(tx, { copies, components, plan, known });
  await insertKeys(tx, channel, { keys, components, plan });
  const ofMessage = new Map(
    copies.map(({ messageId, item }) => [
      messageId,
      plan.conversationOf(components.root(conversationKeys(item.conversation)[0] ?? '')),
    ]),
  );
  return { ofMessage, created, merges: plan.merges };
}

async function findKnown(tx: Tx, channel: string, keys: readonly string[]): Promise<KnownKey[]> {
  return tx.rows<KnownKey>(sql`
    select k.key, k.conversation_id as "conversationId", c.kind, c.created_at as "createdAt"
    from conversation_key k
    join conversation c on c.workspace_id = k.workspace_id and c.id = k.conversation_id
    where k.workspace_id = ${tx.workspace} and k.channel = ${channel} and k.key = any(${textArray(keys)})`);
}

/** Two keys of one known conversation are in one component, even if this batch does not name them together. */
function joinKnown(components: Components, known: readonly KnownKey[]): void {
  const firstKey = new Map<string, string>();
  for (const { key, conversationId } of known) {
    const first = firstKey.get(conversationId);
    if (first === undefined) firstKey.set(conversationId, key);
    else components.join([first, key]);
  }
}

/** Which conversation each component is. */
export interface Plan {
  merges: Merge[];
  /** The conversation of a component, by its root. */
  conversationOf(root: string): string;
  isNew(conversationId: string): boolean;
}

function planComponents(input: {
  workspace: string;
  channel: string;
  components: Components;
  known: readonly KnownKey[];
}): Plan {
  const { components } = input;
  const knownOf = groupByRoot(components, input.known);
  const conversations = new Map<string, string>();
  const fresh = new Set<string>();
  const merges: Merge[] = [];
  for (const group of components.groups()) {
    const root = components.root(group[0] ?? '');
    const found = oldestFirst(knownOf.get(root) ?? []);
    const [kept, ...merged] = found;
    const id = kept ?? idOf(input.workspace, 'conversation', input.channel, group.toSorted()[0] ?? '');
    conversations.set(root, id);
    if (kept === undefined) fresh.add(id);
    if (merged.length > 0) merges.push({ into: id, from: merged });
  }
  return {
    merges,
    conversationOf: (root) => conversations.get(root) ?? '',
    isNew: (id) => fresh.has(id),
  };
}

function groupByRoot(components: Components, known: readonly KnownKey[]): Map<string, KnownKey[]> {
  const groups = new Map<string, KnownKey[]>();
  for (const found of known) {
    const root = components.root(found.key);
    groups.set(root, [...(groups.get(root) ?? []), found]);
  }
  return groups;
}

function oldestFirst(known: readonly KnownKey[]): string[] {
  const ordered = known.toSorted(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.conversationId.localeCompare(b.conversationId),
  );
  return [...new Set(ordered.map(({ conversationId }) => conversationId))];
}
