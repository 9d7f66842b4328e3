/*
 * What a batch tells of messages besides them: statuses, edits, deletions, reactions, and files that were fetched.
 *
 * Everything is kept in a place of its own first, whether its message is stored or not; then the messages that are
 * concerned, and those that are new, take from there what they show. So it does not matter which comes first.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { BatchItems, OfMessage, Said } from '../lay-out.ts';
import { changeTable, deletionSaying, editSaying } from './edits.ts';
import { keepRows } from './keep-rows.ts';
import { mediaSaying, mediaTable } from './media.ts';
import { reactionSayings, reactionTable } from './reactions.ts';
import { findTold, type RefreshedMessage, refreshMessages } from './refresh-messages.ts';
import { statusSaying, statusTable } from './statuses.ts';

/** A stored message and its conversation. */
export interface MessagePlace {
  messageId: string;
  conversationId: string;
}

/** What a batch changed of messages that were stored before it. */
export interface BatchChanges {
  /** The items that told something new. */
  news: ReadonlySet<Said>;
  refreshed: readonly RefreshedMessage[];
  reacted: readonly MessagePlace[];
  /** Those with a file of which one knows now what became of it. */
  fetched: readonly MessagePlace[];
}

/** Applies them; `fresh` are the ids of the messages that are new. */
export async function applyChanges(
  tx: Tx,
  items: BatchItems,
  known: {
    identities: ReadonlyMap<string, { identifierId: string }>;
    fresh: ReadonlySet<string>;
  },
): Promise<BatchChanges> {
  const statuses = await keepRows(tx, statusTable, items.statuses.map(statusSaying));
  const edits = await keepRows(tx, changeTable, [
    ...items.edits.map(editSaying),
    ...items.deletions.map(deletionSaying),
  ]);
  const sayings = items.reactions.flatMap((said) => reactionSayings(said, known.identities));
  const reactions = await keepRows(tx, reactionTable, sayings);
  const media = await keepRows(tx, mediaTable, items.media.map(mediaSaying));
  const told = [...items.statuses, ...items.edits, ...items.deletions].map(({ messageId }) => messageId);
  const waiting = await findTold(tx, [...known.fresh]);
  const refreshed = await refreshMessages(tx, [...new Set([...waiting, ...told])]);
  const isOld = ({ messageId }: MessagePlace): boolean => !known.fresh.has(messageId);
  return {
    news: new Set([...statuses, ...edits, ...reactions, ...media]),
    refreshed: refreshed.filter(isOld),
    reacted: (await findReacted(tx, items.reactions, reactions)).filter(isOld),
    fetched: (await findFetched(tx, items.media, media)).filter(isOld),
  };
}

/** The stored messages of reactions that are news. Of one that was taken back no reaction is shown. */
async function findReacted(
  tx: Tx,
  reactions: readonly OfMessage<BatchItems['reactions'][number]['item']>[],
  news: ReadonlySet<Said>,
): Promise<MessagePlace[]> {
  const ids = reactions.filter((said) => news.has(said)).map(({ messageId }) => messageId);
  if (ids.length === 0) return [];
  return tx.rows<MessagePlace>(sql`
    select id as "messageId", conversation_id as "conversationId" from message
    where workspace_id = ${tx.workspace} and id = any(${uuidArray([...new Set(ids)])}) and deleted_at is null`);
}

/** The messages that show a file of which something became known. */
async function findFetched(
  tx: Tx,
  media: BatchItems['media'],
  news: ReadonlySet<Said>,
): Promise<MessagePlace[]> {
  const keys = media
    .filter((said) => news.has(said))
    .map(({ item, arrived }) => ({ channel: arrived.delivery.channel, key: item.key }));
  if (keys.length === 0) return [];
  return tx.rows<MessagePlace>(sql`
    select distinct m.id as "messageId", m.conversation_id as "conversationId"
    from ${rowSet(keys, 'channel text, key text')}
    join attachment a on a.workspace_id = ${tx.workspace} and a.media_key = input.key
    join message m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.channel = input.channel
      and m.deleted_at is null`);
}
