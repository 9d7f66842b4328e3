import * as z from 'zod';
import { BlobRef, FileToFetch } from './delivery.ts';
import { AccountId, Channel, Instant, Provider, WorkspaceId } from './names.ts';

/** A file to fetch, as it lies in `KITH_MEDIA`, for the ingest service of its channel. Internal. */
export const MediaTask = z.strictObject({
  version: z.literal(1),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  /** When what named it arrived, and that body. */
  receivedAt: Instant,
  raw: BlobRef,
  ...FileToFetch.shape,
});
export type MediaTask = z.infer<typeof MediaTask>;
