/*
 * Which conversation each message of a batch belongs to: finds, makes and merges conversations by their keys.
 *
 * Keys that a message names together belong together; keys that are known already bring their conversation. Where
 * two conversations meet, the oldest stays and the other's id goes on resolving through `conversation_alias`.
 *
 * A chat may be known under one id to the live webhook and under another to fetched history; a message that came with
 * both shows that they are one. So a chat message is a key too, of which only the row of the message itself is kept.
 */
import type { Channel } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { idOf } from '@kith/service';
import { sql } from 'drizzle-orm';
import { type Components, createComponents } from './components.ts';
import { anyKeyOf, conversationKeys } from './items.ts';
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
  for (const copy of copies) components.join(keysOf(copy));
  const keys = components.groups().flat().filter(isStoredKey);
  const known = [...(await findKnown(tx, channel, keys)), ...(await findByMessages(tx, copies))];
  joinKnown(components, known);
  const plan = planComponents({ workspace: tx.workspace, channel, components, known });
  await mergeConversations(tx, plan.merges);
  const created = await insertConversations(tx, { channel, copies, components, plan });
  await becomeGroups(tx, { copies, components, plan, known });
  await insertKeys(tx, channel, { keys, components, plan });
  const ofMessage = new Map(
    copies.map((copy) => [copy.messageId, plan.conversationOf(components.root(anyKeyOf(copy)))]),
  );
  return { ofMessage, created, merges: plan.merges };
}

/** No id of a provider's begins so. */
const messageKey = (messageId: string): string => `\u0000${messageId}`;
const isStoredKey = (key: string): boolean => !key.startsWith('\u0000');

/** A mail's own Message-ID is among its keys already. */
function keysOf({ messageId, item: { conversation } }: MessageCopy): readonly string[] {
  const keys = conversationKeys(conversation);
  return conversation.kind === 'thread' ? keys : [...keys, messageKey(messageId)];
}

async function findKnown(tx: Tx, channel: string, keys: readonly string[]): Promise<KnownKey[]> {
  return tx.rows<KnownKey>(sql`
    select k.key, k.conversation_id as "conversationId", c.kind, c.created_at as "createdAt"
    from conversation_key k
    join conversation c on c.workspace_id = k.workspace_id and c.id = k.conversation_id
    where k.workspace_id = ${tx.workspace} and k.channel = ${channel} and k.key = any(${textArray(keys)})`);
}

/** The conversations of chat messages that are stored. */
async function findByMessages(tx: Tx, copies: readonly MessageCopy[]): Promise<KnownKey[]> {
  const ofChats = copies.filter(({ item }) => item.conversation.kind !== 'thread');
  if (ofChats.length === 0) return [];
  const rows = await tx.rows<Omit<KnownKey, 'key'> & { id: string }>(sql`
    select m.id, m.conversation_id as "conversationId", c.kind, c.created_at as "createdAt" from message m
    join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${tx.workspace}
      and m.id = any(${uuidArray([...new Set(ofChats.map(({ messageId }) => messageId))])})`);
  return rows.map(({ id, ...conversation }) => ({ ...conversation, key: messageKey(id) }));
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
    const id = kept ?? idOf(input.workspace, 'conversation', input.channel, leastOf(group));
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

const leastOf = (group: readonly string[]): string => group.filter(isStoredKey).toSorted()[0] ?? '';

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
