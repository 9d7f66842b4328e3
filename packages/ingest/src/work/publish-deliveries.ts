/*
 * Hands a body that was read on to the resolver: its items as deliveries, its files as tasks to fetch.
 *
 * A body with many items becomes several deliveries, so that no transaction grows without bound. Their ids follow
 * from the body's: one that is read again, because a process died before it was done, publishes the same, and is
 * counted once. Files of webhooks come first: what is published twice is fetched once more, what is not published is never fetched.
 */
import type { BlobStore } from '@kith/blobs';
import type { Bus } from '@kith/bus';
import {
  type Channel,
  type Delivery,
  inboundSubject,
  type InboundMessage,
  mediaSubject,
  type MediaTask,
} from '@kith/contracts';
import { idOf } from '@kith/service';
import { encodeMediaTask } from './media-task.ts';
import type { StoredItems } from './store-items.ts';

/** Where deliveries go. */
export interface PublishParts {
  channel: Channel;
  bus: Pick<Bus, 'publish'>;
  blobs: Pick<BlobStore, 'put'>;
}

/** Larger deliveries travel as a claim check: NATS refuses messages over 1 MB unless told otherwise. */
const messageBytesMax = 512 * 1024;
/** Items of a delivery. */
export const itemsMax = 1_000;

/** The body that holds the items: a webhook, or a piece of history. `id` is its first delivery's. */
export type DeliverySource = Pick<
  Delivery,
  'id' | 'workspace' | 'accountId' | 'provider' | 'origin' | 'receivedAt' | 'raw'
>;

/**
 * Publishes everything that a body held, and answers the ids of the deliveries. Rejects when anything could not be
 * published; trying again is safe.
 */
export async function publishDeliveries(
  parts: PublishParts,
  { id: bodyId, origin, ...source }: DeliverySource,
  found: StoredItems,
): Promise<string[]> {
  const about = { ...source, channel: parts.channel };
  const isHistory = origin === 'sync';
  if (!isHistory) await publishTasks(parts, { bodyId, about }, found.media);
  const ids: string[] = [];
  for (const [part, items] of partsOf(found.items).entries()) {
    const id = deliveryIdOf(bodyId, part);
    const files = isHistory && part === 0 && found.media.length > 0 ? { files: found.media } : {};
    await publishDelivery(parts, { version: 1, id, ...about, origin, ...files }, items);
    ids.push(id);
  }
  return ids;
}

/** The id of a part of a body, whose first is known by the body's own. */
export const deliveryIdOf = (bodyId: string, part: number): string =>
  part === 0 ? bodyId : idOf('delivery', bodyId, String(part));

/** Asks for the files that a body of a webhook named. */
export async function publishTasks(
  parts: Pick<PublishParts, 'bus' | 'channel'>,
  { bodyId, about }: { bodyId: string; about: Omit<MediaTask, 'version' | 'key' | 'locator'> },
  media: StoredItems['media'],
): Promise<void> {
  for (const file of media) {
    const task = encodeMediaTask({ version: 1, ...about, ...file });
    await parts.bus.publish(mediaSubject(parts.channel, about.workspace), task, {
      messageId: idOf('media task', bodyId, file.key),
    });
  }
}

/** Publishes one delivery of these items, each in JSON. */
export async function publishDelivery(
  parts: PublishParts,
  delivery: Omit<Delivery, 'items'>,
  items: readonly string[],
): Promise<void> {
  const { id, channel, workspace } = delivery;
  let message: Uint8Array = Buffer.from(
    `${JSON.stringify(delivery).slice(0, -1)},"items":[${items.join(',')}]}`,
  );
  if (message.byteLength > messageBytesMax) {
    const claim: InboundMessage = { version: 1, id, deliveryBlob: await parts.blobs.put(workspace, message) };
    message = Buffer.from(JSON.stringify(claim));
  }
  await parts.bus.publish(inboundSubject(channel, workspace), message, { messageId: id });
}

/** The items of a body by its deliveries. */
export function partsOf(items: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(items.length / itemsMax) }, (_, part) =>
    items.slice(part * itemsMax, (part + 1) * itemsMax),
  );
}
