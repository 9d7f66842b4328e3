import { AccountId, BlobRef, Channel, Instant, MediaKey, Provider, WorkspaceId } from '@kith/contracts';
import * as z from 'zod';

/** A file to fetch, as it lies in `KITH_MEDIA`. Internal to the ingest services: only they write and read it. */
export const MediaTask = z.strictObject({
  version: z.literal(1),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  /** When the webhook that named it arrived, and its body. */
  receivedAt: Instant,
  raw: BlobRef,
  key: MediaKey,
  /** What the provider needs to find the file. */
  locator: z.record(z.string(), z.string()),
});
export type MediaTask = z.infer<typeof MediaTask>;

export const encodeMediaTask = (task: MediaTask): Uint8Array => Buffer.from(JSON.stringify(task));

/** Throws when it is none. */
export const decodeMediaTask = (payload: Uint8Array): MediaTask =>
  MediaTask.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
