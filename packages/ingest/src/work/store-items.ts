/*
 * Puts the bytes of what was read into the blob store, and completes the items with where they are. Files that lie at
 * the provider become tasks to fetch them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BlobStore } from '@kith/blobs';
import type { DeliveredAttachment, FileToFetch } from '@kith/contracts';
import type { ReadItem } from '../encode-items.ts';
import type { ParsedAttachment } from '../provider.ts';

/** The items of a body, each in JSON, and the files that they name without their bytes. */
export interface StoredItems {
  items: string[];
  media: FileToFetch[];
}

const putsAtOnce = 8;
const itemsPerTurn = 1_000;

/** Stores the items of one workspace. */
export async function storeItems(
  blobs: Pick<BlobStore, 'put'>,
  workspace: string,
  found: readonly ReadItem[],
): Promise<StoredItems> {
  const stored: StoredItems = { items: [], media: [] };
  for (const [index, item] of found.entries()) {
    if (index > 0 && index % itemsPerTurn === 0) await nextTurn();
    stored.items.push(item.kind === 'message' ? await storeMessage(blobs, workspace, item) : item.json);
    for (const file of item.attachments) {
      if ('media' in file) stored.media.push({ key: file.media.key, locator: { ...file.media.locator } });
    }
  }
  return stored;
}

async function storeMessage(
  blobs: Pick<BlobStore, 'put'>,
  workspace: string,
  item: ReadItem,
): Promise<string> {
  const html = item.html === null ? null : await blobs.put(workspace, item.html);
  const attachments: DeliveredAttachment[] = [];
  for (let start = 0; start < item.attachments.length; start += putsAtOnce) {
    const some = item.attachments.slice(start, start + putsAtOnce);
    attachments.push(...(await Promise.all(some.map((file) => storeAttachment(blobs, workspace, file)))));
  }
  const stored = `"html":${JSON.stringify(html)},"attachments":${JSON.stringify(attachments)}`;
  return `${item.json.slice(0, -1)},${stored}}`;
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
  return { ...file, blob: await blobs.put(workspace, bytes) };
}
