/*
 * Takes whoever was erased out of a batch before anything of it is stored, so that no webhook, sync or poll brings them
 * back. A dropped item ends as ignored, so the accounting adds up.
 *
 * What was told of a dropped message may have come before it, and may come after it: the one goes, the other is dropped by
 * the message's name, which is remembered. So it does not matter in which order they come (Invariant 3).
 */
import type { DeliveredMessage, DeliveryItem } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import type { KeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';
import type { Arrived } from '../apply/decode.ts';
import { messageIdOf } from '../apply/items.ts';
import { addGarbage, addGarbageKeys } from '../blobs/garbage.ts';
import { companyAmong } from './company.ts';
import { findErased, hashOf, isAnybodyErased, type Named, rememberErased } from './erased-names.ts';
import { erasedItem, type Known, leaveOut, namesIn, peopleIn } from './leave-out.ts';

/** When it happens, and how names are hashed. */
export interface LeavingOut {
  at: string;
  hash: KeyedHash;
}

/** The deliveries without whoever was erased. Where nobody ever was, that costs one look. */
export async function leaveOutErased(
  tx: Tx,
  batch: readonly Arrived[],
  options: LeavingOut,
): Promise<readonly Arrived[]> {
  if (!(await isAnybodyErased(tx, tx.workspace))) return batch;
  const known = await knownOf(tx, batch, options.hash);
  const dropped: Dropped[] = [];
  const left = batch.map((arrived) => {
    const { delivery } = arrived;
    const items = delivery.items.map((item) => {
      const kept = leaveOut(item, delivery.channel, known);
      if (kept === erasedItem) dropped.push({ arrived, item });
      return kept;
    });
    return { ...arrived, delivery: { ...delivery, items } };
  });
  if (dropped.length > 0) await forget(tx, dropped, options);
  return left;
}

interface Dropped {
  arrived: Arrived;
  item: DeliveryItem;
}

async function knownOf(tx: Tx, batch: readonly Arrived[], hash: KeyedHash): Promise<Known> {
  const items = batch.flatMap(({ delivery }) =>
    delivery.items.map((item) => ({ item, channel: delivery.channel })),
  );
  const hashes = new Map<string, string>();
  const hashed = (named: Named): string => {
    const text = JSON.stringify(named);
    const found = hashes.get(text) ?? hashOf(hash, tx.workspace, named);
    hashes.set(text, found);
    return found;
  };
  const names = items.flatMap(({ item, channel }) => namesIn(tx.workspace, item, channel));
  const erased = await findErased(tx, names.map(hashed));
  const isErased = (named: Named) => erased.has(hashed(named));
  const company = await companyBeside(tx, items, isErased);
  return { workspace: tx.workspace, isErased, company };
}

/** Who of those named together with somebody erased is the company. */
function companyBeside(
  tx: Tx,
  items: readonly { item: DeliveryItem }[],
  isErased: (named: Named) => boolean,
): Promise<ReadonlySet<string>> {
  const identifiers = items.flatMap(({ item }) => {
    const named = item.kind === 'message' ? peopleIn(item).flatMap((person) => person.identifiers) : [];
    return named.some((identifier) => isErased({ what: 'identifier', identifier })) ? named : [];
  });
  return companyAmong(tx, identifiers);
}

/** Removes what came of the dropped messages before them, remembers their names, and gives up what was put for them. */
async function forget(tx: Tx, dropped: readonly Dropped[], options: LeavingOut): Promise<void> {
  const messages = await notStored(tx, dropped);
  const files = messages.flatMap(({ item, arrived }) =>
    item.attachments.flatMap(({ media }) =>
      media === undefined ? [] : [{ channel: arrived.delivery.channel, key: media.key }],
    ),
  );
  await rememberErased(
    tx,
    [
      ...messages.map(({ messageId }): Named => ({ what: 'message', messageId })),
      ...files.map((file): Named => ({ what: 'file', ...file })),
    ],
    { ...options, actor: 'rule' },
  );
  await removeTold(
    tx,
    messages.map(({ messageId }) => messageId),
  );
  await removeFiles(tx, files, options.at);
  await addGarbageKeys({ tx, at: options.at }, dropped.flatMap(blobsOf));
}

interface DroppedMessage {
  messageId: string;
  arrived: Arrived;
  item: DeliveredMessage;
}

/** A copy may be dropped of a message that is stored by what another copy says: that one stays as it is. */
async function notStored(tx: Tx, dropped: readonly Dropped[]): Promise<DroppedMessage[]> {
  const messages = dropped.flatMap(({ arrived, item }) =>
    item.kind === 'message'
      ? [{ messageId: messageIdOf(tx.workspace, arrived.delivery.channel, item.externalId), arrived, item }]
      : [],
  );
  if (messages.length === 0) return [];
  const stored = await tx.rows<{ id: string }>(sql`select id from message where workspace_id = ${tx.workspace}
    and id = any(${uuidArray(messages.map(({ messageId }) => messageId))})`);
  const ids = new Set(stored.map(({ id }) => id));
  return messages.filter(({ messageId }) => !ids.has(messageId));
}

async function removeTold(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  for (const table of ['message_status', 'message_change', 'message_reaction']) {
    await tx.rows(sql`delete from ${sql.raw(table)}
      where workspace_id = ${tx.workspace} and message_id = any(${uuidArray(messageIds)})`);
  }
}

/** A file that a stored message names too stays. */
async function removeFiles(
  tx: Tx,
  files: readonly { channel: string; key: string }[],
  at: string,
): Promise<void> {
  if (files.length === 0) return;
  const theirs = sql`t.workspace_id = ${tx.workspace}
    and (t.channel, t.key) in (select channel, key from ${rowSet(files, 'channel text, key text')})
    and not exists (
      select 1 from attachment a
      join message m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.channel = t.channel
      where a.workspace_id = t.workspace_id and a.media_key = t.key)`;
  await addGarbage({ tx, at }, sql`select t.blob_key from media t where ${theirs}`);
  await tx.rows(sql`delete from media t where ${theirs}`);
}

/** What was put into the blob store for an item: if nothing else names it, it goes. */
function blobsOf({ arrived, item }: Dropped): string[] {
  const ofItem = [arrived.delivery.raw.key, ...(arrived.claim === undefined ? [] : [arrived.claim])];
  if (item.kind === 'media') return 'blob' in item.result ? [...ofItem, item.result.blob.key] : ofItem;
  if (item.kind !== 'message') return ofItem;
  const files = item.attachments.flatMap(({ blob }) => blob?.key ?? []);
  return [...ofItem, ...files, ...(item.html === null ? [] : [item.html.key])];
}
