/* Whether items are what the contracts allow, once the bytes of their files are somewhere. */
import { DeliveryItem } from '@kith/contracts';
import type { ParsedItem } from '@kith/ingest/provider';
import { expect } from 'vitest';

/** Fails with the item where one is not allowed, and where there are none. */
export function expectDeliverable(items: readonly ParsedItem[]): void {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    const parsed = DeliveryItem.safeParse(asDelivered(item));
    expect(parsed.error?.issues ?? [], JSON.stringify(item).slice(0, 2_000)).toEqual([]);
  }
}

function asDelivered(item: ParsedItem): unknown {
  if (item.kind !== 'message') return item;
  const attachments = item.attachments.map((attachment) => {
    if (!('media' in attachment)) return { ...attachment, blob: { key: 'k', size: 1 } };
    const { key, size } = attachment.media;
    return { ...attachment, blob: null, media: { key, size } };
  });
  return { ...item, html: item.html === null ? null : { key: 'k', size: 1 }, attachments };
}
