/* Whether items are what the contracts allow and Postgres stores, once the bytes of their files are somewhere. */
import { DeliveryItem } from '@kith/contracts';
import type { ParsedItem } from '@kith/ingest/provider';
import { expect } from 'vitest';

/** Fails with the item where one is not allowed, and where there are none. */
export function expectDeliverable(items: readonly ParsedItem[]): void {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    const parsed = DeliveryItem.safeParse(asDelivered(item));
    const shown = JSON.stringify(item).slice(0, 2_000);
    expect(parsed.error?.issues ?? [], shown).toEqual([]);
    expect(textsIn(item).every(isStorable), shown).toBe(true);
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

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
