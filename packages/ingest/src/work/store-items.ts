/*
 * Turns what a parser found into what the contracts allow: bytes into the blob store, texts to their lengths, files
 * that lie at the provider into tasks to fetch them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BlobStore } from '@kith/blobs';
import { type BlobRef, type DeliveredAttachment, DeliveryItem, MediaKey } from '@kith/contracts';
import type { MediaLocator, ParsedAttachment, ParsedItem, ParsedMessage } from '../provider.ts';
import { cleanItem } from './clean-item.ts';

/** A file to fetch. */
export interface MediaToFetch {
  key: string;
  locator: MediaLocator;
}

/** The items of a body as they are published, and the files that they name without their bytes. */
export interface StoredItems {
  items: DeliveryItem[];
  media: MediaToFetch[];
}

const putsAtOnce = 8;
/** Checking an item takes some ten microseconds: others get a turn in between. */
const itemsPerTurn = 200;

/** Stores the items of one workspace; a body with none holds one that is ignored. */
export async function storeItems(
  blobs: Pick<BlobStore, 'put'>,
  workspace: string,
  found: readonly ParsedItem[],
): Promise<StoredItems> {
  const stored: StoredItems = { items: [], media: [] };
  if (found.length === 0) {
    const detail = 'the body holds nothing that is a message';
    stored.items.push({ kind: 'ignored', reason: 'nothing_for_us', detail });
  }
  for (const [index, item] of found.entries()) {
    if (index > 0 && index % itemsPerTurn === 0) await nextTurn();
    const delivered = item.kind === 'message' ? await storeMessage(blobs, workspace, item) : item;
    const checked = check(delivered);
    stored.items.push(checked);
    if (item.kind === 'message' && checked.kind === 'message') stored.media.push(...mediaOf(item));
  }
  return stored;
}

/** A defect of a parser must not cost the delivery: the raw body is kept, and the item says what is wrong with it. */
function check(item: DeliveryItem): DeliveryItem {
  const checked = DeliveryItem.safeParse(cleanItem(item));
  if (checked.success) return checked.data;
  const fields = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  return { kind: 'unreadable', reason: 'invalid_delivery', detail: fields.join('; ').slice(0, 1000) };
}

function mediaOf({ attachments }: ParsedMessage): MediaToFetch[] {
  return attachments.flatMap((attachment) =>
    'media' in attachment && MediaKey.safeParse(attachment.media.key).success
      ? [{ key: attachment.media.key, locator: attachment.media.locator }]
      : [],
  );
}

async function storeMessage(
  blobs: Pick<BlobStore, 'put'>,
  workspace: string,
  item: ParsedMessage,
): Promise<DeliveryItem> {
  const html = item.html === null ? null : await blobs.put(workspace, item.html);
  const attachments: DeliveredAttachment[] = [];
  for (let start = 0; start < item.attachments.length; start += putsAtOnce) {
    const some = item.attachments.slice(start, start + putsAtOnce);
    attachments.push(...(await Promise.all(some.map((file) => storeAttachment(blobs, workspace, file)))));
  }
  return { ...item, html, attachments };
}

async function storeAttachment(
  blobs: Pick<BlobStore, 'put'>,
  workspace: string,
  attachment: ParsedAttachment,
): Promise<DeliveredAttachment> {
  if ('media' in attachment) {
    const { media, ...file } = attachment;
    return { ...file, blob: null, media: { key: media.key, size: media.size } };
  }
  const { bytes, ...file } = attachment;
  const blob: BlobRef = await blobs.put(workspace, bytes);
  return { ...file, blob };
}
