/*
 * Publishes a batch by the way of every delivery: bytes into the blob store first, then the delivery into the inbound
 * stream. NATS that is away or full for a while only takes time; publishing again is safe.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { BusUnavailable } from '@kith/bus';
import { type Delivery, type DeliveryItem, inboundSubject, type InboundMessage } from '@kith/contracts';
import { CliFailure } from '../failure.ts';
import type { Batch } from './batches.ts';
import type { KithTarget } from './kith-target.ts';
import type { Mapping } from './mapping.ts';

/** Larger deliveries travel as a claim check: NATS refuses messages over 1 MB unless told otherwise. */
const messageBytesMax = 512 * 1024;
const patienceMs = 120_000;
const pauseMs = 1_000;
const putsAtOnce = 8;

/** Publishes one batch. Throws when NATS did not take it for two minutes. */
export async function publishBatch(target: KithTarget, mapping: Mapping, batch: Batch): Promise<void> {
  const { blobs, workspace } = target;
  const { accountId, provider } = mapping.accounts[batch.channel];
  const delivery: Delivery = {
    version: 1,
    id: batch.id,
    workspace,
    accountId,
    channel: batch.channel,
    provider: provider as Delivery['provider'],
    origin: 'sync',
    receivedAt: new Date().toISOString(),
    raw: await blobs.put(workspace, Buffer.from(JSON.stringify(batch.rows))),
    items: await withHtml(target, batch),
  };
  let message: Uint8Array = Buffer.from(JSON.stringify(delivery));
  if (message.byteLength > messageBytesMax) {
    const claim: InboundMessage = {
      version: 1,
      id: batch.id,
      deliveryBlob: await blobs.put(workspace, message),
    };
    message = Buffer.from(JSON.stringify(claim));
  }
  await publishPatiently(target, inboundSubject(batch.channel, workspace), { id: batch.id, message });
}

async function withHtml({ blobs, workspace }: KithTarget, { items }: Batch): Promise<DeliveryItem[]> {
  const done: DeliveryItem[] = [];
  for (let start = 0; start < items.length; start += putsAtOnce) {
    const some = items.slice(start, start + putsAtOnce).map(async ({ item, html }) => {
      if (html === null || item.kind !== 'message') return item;
      return { ...item, html: await blobs.put(workspace, Buffer.from(html)) };
    });
    done.push(...(await Promise.all(some)));
  }
  return done;
}

async function publishPatiently(
  { bus }: KithTarget,
  subject: string,
  { id, message }: { id: string; message: Uint8Array },
): Promise<void> {
  for (const until = performance.now() + patienceMs; ; await delay(pauseMs)) {
    try {
      await bus.publish(subject, message, { messageId: id });
      return;
    } catch (cause) {
      if (!(cause instanceof BusUnavailable)) throw cause;
      if (performance.now() < until) continue;
      const hint = 'see "kith doctor"; the same command goes on where this one stopped';
      throw new CliFailure(`NATS takes no deliveries: ${hint}.`, { cause });
    }
  }
}
