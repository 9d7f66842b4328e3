/*
 * A webhook between its answer and its reading: what lies in `KITH_RECEIVED`.
 *
 * One message of the stream holds several webhooks of one workspace, so that a flood shares the cost of being made
 * durable. A frame is a length, a head in JSON, and the body's bytes as they are; a body too large for NATS lies in
 * the blob store, and the head says where. Internal to the ingest services: only they write and read it.
 */
import { AccountId, BlobRef, Instant, Provider, WorkspaceId } from '@kith/contracts';
import * as z from 'zod';

/** Which webhook it is. */
const ReceivedHead = z.strictObject({
  version: z.literal(1),
  /** The id of the delivery that it becomes. */
  id: z.uuid(),
  workspace: WorkspaceId,
  accountId: AccountId,
  provider: Provider,
  contentType: z.string().nullable(),
  receivedAt: Instant,
  /** Kept again, in a message of its own, because it was to come again and those beside it were not. */
  isAlone: z.boolean(),
  /** Where the body lies when it is not in the frame. */
  blob: BlobRef.optional(),
});
type ReceivedHead = z.infer<typeof ReceivedHead>;

/** A webhook that was answered 200. `body` is empty when `blob` is there. */
export interface ReceivedWebhook extends ReceivedHead {
  body: Uint8Array;
}

const lengths = 8;

/** A webhook that knows how long it is, before it is written where it belongs. */
export interface ReceivedFrame {
  byteLength: number;
  /** Writes it into `bytes` at `start`, and answers where it ends. */
  writeTo(bytes: Buffer, start: number): number;
}

/** The frame of one webhook. */
export function frameOf({ body, ...head }: ReceivedWebhook): ReceivedFrame {
  const text = JSON.stringify(head);
  const textBytes = Buffer.byteLength(text);
  return {
    byteLength: lengths + textBytes + body.byteLength,
    writeTo: (bytes, start) => {
      bytes.writeUInt32BE(textBytes, start);
      bytes.writeUInt32BE(body.byteLength, start + 4);
      bytes.write(text, start + lengths);
      bytes.set(body, start + lengths + textBytes);
      return start + lengths + textBytes + body.byteLength;
    },
  };
}

/** A message of these frames. */
export function messageOf(frames: readonly ReceivedFrame[]): Uint8Array {
  const message = Buffer.allocUnsafe(frames.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  for (const frame of frames) end = frame.writeTo(message, end);
  return message;
}

/** The webhooks of a message. Throws when it is not one of ours. */
export function decodeReceived(payload: Uint8Array): ReceivedWebhook[] {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const webhooks: ReceivedWebhook[] = [];
  for (let at = 0; at < bytes.length;) {
    const bodyAt = at + lengths + bytes.readUInt32BE(at);
    const end = bodyAt + bytes.readUInt32BE(at + 4);
    if (end > bytes.length) throw new RangeError('a frame is longer than its message');
    const head = ReceivedHead.parse(JSON.parse(bytes.toString('utf8', at + lengths, bodyAt)));
    webhooks.push({ ...head, body: bytes.subarray(bodyAt, end) });
    at = end;
  }
  return webhooks;
}
