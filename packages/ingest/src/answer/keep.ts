/*
 * Makes verified webhooks durable, those that arrive together with one message to NATS.
 *
 * Resolves when NATS has stored the webhook, and rejects when it has not: only then may a 200 be answered
 * (Invariant 2). What arrives within two turns of the event loop is published together: alone under light load, so
 * nothing waits; by the dozen in a flood, where the messages to NATS would cost more than everything else.
 */
import type { BlobStore } from '@kith/blobs';
import type { Bus } from '@kith/bus';
import { type Channel, receivedSubject } from '@kith/contracts';
import { frameOf, messageOf, type ReceivedFrame, type ReceivedWebhook } from '../received.ts';

/** Where webhooks are kept until they are read. */
export interface Keeper {
  /** Rejects when the webhook could not be made durable. */
  keep(webhook: ReceivedWebhook): Promise<void>;
}

/** Larger bodies go to the blob store: NATS refuses messages over 1 MB unless told otherwise. */
const bodyBytesMax = 256 * 1024;
const messageBytesMax = 512 * 1024;
const messageWebhooksMax = 64;

interface Waiting {
  webhook: ReceivedWebhook;
  frame: ReceivedFrame;
  resolve(): void;
  reject(err: unknown): void;
}

/** Keeps the webhooks of one channel. */
export function createKeeper(parts: {
  channel: Channel;
  bus: Pick<Bus, 'publish'>;
  blobs: Pick<BlobStore, 'put'>;
}): Keeper {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const taken = waiting;
    waiting = [];
    for (const group of groupsOf(taken)) void publish(parts, group);
  };
  const keepWithOthers = (webhook: ReceivedWebhook): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => setImmediate(flush));
      waiting.push({ webhook, frame: frameOf(webhook), resolve, reject });
    });
  return {
    keep: (webhook) => {
      if (webhook.body.byteLength <= bodyBytesMax) return keepWithOthers(webhook);
      return withBodyAside(parts.blobs, webhook).then(keepWithOthers);
    },
  };
}

async function withBodyAside(
  blobs: Pick<BlobStore, 'put'>,
  webhook: ReceivedWebhook,
): Promise<ReceivedWebhook> {
  const blob = await blobs.put(webhook.workspace, webhook.body);
  return { ...webhook, blob, body: new Uint8Array(0) };
}

async function publish(
  parts: { channel: Channel; bus: Pick<Bus, 'publish'> },
  group: readonly Waiting[],
): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  try {
    const payload = messageOf(group.map(({ frame }) => frame));
    const subject = receivedSubject(parts.channel, first.webhook.workspace, group.length);
    await parts.bus.publish(subject, payload, {
      messageId: first.webhook.isAlone ? `${first.webhook.id}.alone` : first.webhook.id,
    });
    for (const one of group) one.resolve();
  } catch (err) {
    for (const one of group) one.reject(err);
  }
}

/** By workspace, and no group larger than a message should be. */
function groupsOf(waiting: readonly Waiting[]): Waiting[][] {
  const groups: Waiting[][] = [];
  const open = new Map<string, { group: Waiting[]; bytes: number }>();
  for (const one of waiting) {
    const { workspace } = one.webhook;
    const current = open.get(workspace);
    const fits =
      current !== undefined &&
      !one.webhook.isAlone &&
      current.group.length < messageWebhooksMax &&
      current.bytes + one.frame.byteLength <= messageBytesMax;
    if (fits) {
      current.group.push(one);
      current.bytes += one.frame.byteLength;
    } else {
      const group = [one];
      groups.push(group);
      open.set(workspace, { group, bytes: one.frame.byteLength });
    }
  }
  return groups;
}
