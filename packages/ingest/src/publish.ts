/*
 * Makes a verified webhook durable: its bytes in the blob store, its items in NATS.
 *
 * Every accepted webhook becomes a delivery with an id of its own, also when the same body came before: repetition
 * is accounted for by the resolver, never dropped here. The id is NATS' message id as well, which only makes our
 * own retry of a publish idempotent. Rejects when anything could not be stored; the provider then tries again.
 */
import type { BlobStore } from '@kith/blobs';
import type { Bus } from '@kith/bus';
import {
  type BlobRef,
  type Channel,
  type Delivery,
  DeliveryItem,
  inboundSubject,
  type InboundMessage,
  type Provider,
} from '@kith/contracts';
import { cleanItem } from './clean-item.ts';
import type { ParsedItem, ParsedMessage } from './provider.ts';

/** Where deliveries go. */
export interface PublishParts {
  bus: Pick<Bus, 'publish'>;
  blobs: Pick<BlobStore, 'put'>;
  newId(): string;
}

/** What is published, and for whom. */
export interface Publication {
  workspace: string;
  accountId: string;
  channel: Channel;
  provider: Provider;
  origin: Delivery['origin'];
  receivedAt: string;
  raw: BlobRef;
  items: readonly ParsedItem[];
}

/** Larger deliveries travel as a claim check: NATS refuses messages over 1 MB unless told otherwise. */
const messageBytesMax = 512 * 1024;
const itemsMax = 10_000;
const putsAtOnce = 8;

/** Publishes one delivery, and returns it. */
export async function publishDelivery(parts: PublishParts, publication: Publication): Promise<Delivery> {
  const { items, ...rest } = publication;
  const stored: DeliveryItem[] = [];
  for (const item of items.slice(0, itemsMax)) stored.push(await storeItem(parts, rest.workspace, item));
  const delivery: Delivery = { version: 1, id: parts.newId(), ...rest, items: completeItems(stored, items) };
  const message = await toMessage(parts, delivery);
  await parts.bus.publish(inboundSubject(delivery.channel, delivery.workspace), message, {
    messageId: delivery.id,
  });
  return delivery;
}

function completeItems(stored: DeliveryItem[], found: readonly ParsedItem[]): DeliveryItem[] {
  if (found.length === 0)
    return [
      { kind: 'ignored', reason: 'nothing_for_us', detail: 'the body holds nothing that is a message' },
    ];
  if (found.length <= itemsMax) return stored;
  const detail = `${found.length} items in one body; at most ${itemsMax} are read`;
  return [{ kind: 'unreadable', reason: 'invalid_delivery', detail }, ...stored.slice(1)];
}

async function storeItem(parts: PublishParts, workspace: string, item: ParsedItem): Promise<DeliveryItem> {
  const stored = item.kind === 'message' ? await storeMessage(parts, workspace, item) : item;
  const checked = DeliveryItem.safeParse(cleanItem(stored));
  if (checked.success) return checked.data;
  // A defect of a parser must not cost the delivery: the raw body is kept, and the item says what is wrong with it.
  const fields = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  return { kind: 'unreadable', reason: 'invalid_delivery', detail: fields.join('; ').slice(0, 1000) };
}

async function storeMessage(
  parts: PublishParts,
  workspace: string,
  item: ParsedMessage,
): Promise<DeliveryItem> {
  const html = item.html === null ? null : await parts.blobs.put(workspace, item.html);
  const blobs: BlobRef[] = [];
  for (let start = 0; start < item.attachments.length; start += putsAtOnce) {
    const some = item.attachments.slice(start, start + putsAtOnce);
    blobs.push(...(await Promise.all(some.map(({ bytes }) => parts.blobs.put(workspace, bytes)))));
  }
  const attachments = item.attachments.flatMap(({ name, type, contentId, inline }, index) => {
    const blob = blobs[index];
    return blob === undefined ? [] : [{ name, type, contentId, inline, blob }];
  });
  return { ...item, html, attachments };
}

async function toMessage(parts: PublishParts, delivery: Delivery): Promise<Uint8Array> {
  const whole = encode(delivery);
  if (whole.byteLength <= messageBytesMax) return whole;
  const deliveryBlob = await parts.blobs.put(delivery.workspace, whole);
  return encode({ version: 1, id: delivery.id, deliveryBlob });
}

const encode = (message: InboundMessage): Uint8Array => Buffer.from(JSON.stringify(message));
