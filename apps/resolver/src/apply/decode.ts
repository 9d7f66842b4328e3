/*
 * From the bytes in the stream to a delivery. What cannot be one ends as a dead letter of the workspace that its
 * subject names; what cannot be fetched right now comes again.
 */
import type { BatchMessage } from '@kith/bus';
import type { BlobStore } from '@kith/blobs';
import { Delivery, InboundMessage, inboundSubject } from '@kith/contracts';

/** A delivery and its place in the stream. */
export interface Arrived {
  delivery: Delivery;
  seq: number;
  bytes: number;
  /** Where the delivery lies in the blob store, if it was too large for the stream. */
  claim?: string;
}

/** A stream message read, or why it is none of ours. */
export type Decoded = { ok: true; arrived: Arrived } | { ok: false; reason: string };

/** Reads one message. Rejects only when the blob store cannot be read now. */
export async function decode(message: BatchMessage, blobs: BlobStore): Promise<Decoded> {
  const inbound = parse(InboundMessage, message.payload);
  if (!inbound.ok) return inbound;
  if (!('deliveryBlob' in inbound.value)) return check(message, inbound.value, message.payload.length);
  const bytes = await blobs.get(inbound.value.deliveryBlob.key);
  const delivery = parse(Delivery, bytes);
  if (!delivery.ok) return delivery;
  const checked = check(message, delivery.value, bytes.length);
  return checked.ok
    ? { ok: true, arrived: { ...checked.arrived, claim: inbound.value.deliveryBlob.key } }
    : checked;
}

function check(message: BatchMessage, delivery: Delivery, bytes: number): Decoded {
  // The workspace is in the subject, where permissions can be set on it; the body must not say otherwise.
  if (message.subject !== inboundSubject(delivery.channel, delivery.workspace)) {
    return { ok: false, reason: `the delivery is for another subject than ${message.subject}` };
  }
  return { ok: true, arrived: { delivery, seq: message.seq, bytes } };
}

type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

function parse<T>(
  schema: {
    safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: object[] } };
  },
  bytes: Uint8Array,
): Parsed<T> {
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (result.success) return { ok: true, value: result.data };
    return {
      ok: false,
      reason: `does not fit the schema: ${JSON.stringify(result.error.issues).slice(0, 500)}`,
    };
  } catch {
    return { ok: false, reason: 'is not JSON' };
  }
}
