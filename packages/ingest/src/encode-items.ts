/*
 * Items as they travel from where they were read: already the JSON of the delivery, but for the bytes beside them.
 *
 * Cleaning, checking and writing out ten thousand messages, or one to fifty thousand people, takes half a second.
 * Done here it is the reader's thread that takes it, and what comes over to the main one are a few texts.
 */
import { DeliveryItem, MediaKey } from '@kith/contracts';
import { cleanItem } from './clean-item.ts';
import type { ParsedAttachment, ParsedItem, ParsedMessage } from './provider.ts';

/** One item that was read, checked against the contracts. */
export interface ReadItem {
  kind: DeliveryItem['kind'];
  /** When a message was sent, by what it claims. */
  sentAt: string | null;
  /** The item in JSON; of a message all but `html` and `attachments`, which are put into the blob store first. */
  json: string;
  html: Uint8Array | null;
  attachments: readonly ParsedAttachment[];
}

/** Items ready to be published. A body with none holds one that is ignored. */
export function encodeItems(found: readonly ParsedItem[]): ReadItem[] {
  if (found.length > 0) return found.map(encodeItem);
  const detail = 'the body holds nothing that is a message';
  return [encode({ kind: 'ignored', reason: 'nothing_for_us', detail })];
}

/** A defect of a parser must not cost the delivery: the raw body is kept, and the item says what is wrong with it. */
function encodeItem(item: ParsedItem): ReadItem {
  const cleaned = cleanItem(item.kind === 'message' ? withPlacesForBytes(item) : item);
  const checked = DeliveryItem.safeParse(cleaned);
  if (!checked.success) {
    const fields = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
    const detail = fields.join('; ').slice(0, 1000);
    return encode({ kind: 'unreadable', reason: 'invalid_delivery', detail });
  }
  if (item.kind !== 'message' || checked.data.kind !== 'message') return encode(checked.data);
  const { html: _, attachments, ...message } = checked.data;
  return {
    kind: 'message',
    sentAt: message.sentAt,
    json: JSON.stringify(message),
    html: item.html,
    attachments: attachments.flatMap((file, index) => {
      const given = item.attachments[index];
      return given === undefined ? [] : [withBytes(file, given)];
    }),
  };
}

const encode = (item: DeliveryItem): ReadItem => ({
  kind: item.kind,
  sentAt: null,
  json: JSON.stringify(item),
  html: null,
  attachments: [],
});

const place = { key: 'still/to/be/stored', size: 0 };

function withPlacesForBytes(item: ParsedMessage): DeliveryItem {
  return {
    ...item,
    html: item.html === null ? null : place,
    attachments: item.attachments.map((file) => {
      const { name, type, contentId, inline } = file;
      if (!('media' in file)) return { name, type, contentId, inline, blob: place };
      const { key, size } = file.media;
      return { name, type, contentId, inline, blob: null, media: { key, size } };
    }),
  };
}

type Named = Pick<ParsedAttachment, 'name' | 'type' | 'contentId' | 'inline'>;

function withBytes({ name, type, contentId, inline }: Named, given: ParsedAttachment): ParsedAttachment {
  const cleaned = { name, type, contentId, inline };
  if ('media' in given)
    return { ...cleaned, media: { ...given.media, key: MediaKey.parse(given.media.key) } };
  return { ...cleaned, bytes: given.bytes };
}
