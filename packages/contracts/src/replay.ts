/*
 * Dead letters that are read again, as they lie in `KITH_REPLAYS`: the resolver asks, the ingest service of the channel
 * reads what was kept with today's code, and the resolver takes in what it found. Internal, and apart from the streams of
 * deliveries, because what is read again was accepted long ago.
 */
import * as z from 'zod';
import { BlobRef } from './delivery.ts';
import { AccountId, Channel, Instant, Provider, WorkspaceId } from './names.ts';

/** Which dead letters of which delivery. */
const whichOnes = {
  version: z.literal(1),
  workspace: WorkspaceId,
  deliveryId: z.uuid(),
  /** The places of the dead-lettered items in the delivery. */
  items: z.array(z.int().nonnegative()).min(1).max(10_000),
};

/** A body to read again. */
export const ReplayTask = z.strictObject({
  ...whichOnes,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  origin: z.enum(['webhook', 'sync']),
  receivedAt: Instant,
  /** The key of the body in the blob store. */
  raw: z.string().min(1).max(300),
  /** How many items the delivery had. */
  itemCount: z.int().positive(),
  /** Deliveries that came through the account at the same moment: of a large body, its first part is among them. */
  arrivedWith: z.array(z.uuid()).max(100),
});
export type ReplayTask = z.infer<typeof ReplayTask>;

/** What came of reading it. */
export const ReplayedBody = z.strictObject({
  ...whichOnes,
  /** Where the delivery lies that it is today; null where the body is not kept any more. */
  delivery: BlobRef.nullable(),
  /** False of what is found beyond the first thousand items: it is taken in and ends nothing. */
  settles: z.boolean(),
});
export type ReplayedBody = z.infer<typeof ReplayedBody>;
