/* What the reads answer of syncs and of what they have covered. Fields may be added, never removed or changed. */
import * as z from 'zod';
import { Channel, Instant, Provider } from './names.ts';
import { SyncReason, SyncState } from './sync.ts';

/** Why something is not there, and what to do about it, in words. */
const trouble = {
  reason: SyncReason.nullable(),
  /** What the provider or we have to say of it; null where there is nothing. */
  detail: z.string().nullable(),
  /** What to do about the reason; null where there is none. */
  todo: z.string().nullable(),
};

/** One account's share of a sync. */
export const SyncPart = z.object({
  accountId: z.string(),
  channel: Channel,
  provider: Provider,
  state: SyncState,
  ...trouble,
  /** When a part that waits goes on. */
  retryAt: Instant.nullable(),
  /** Pages taken in, and the messages that the provider gave on them. */
  pages: z.int(),
  fetched: z.int(),
  /** How many there will be, where the provider says. */
  total: z.int().nullable(),
  /** How what was on the pages ended. */
  stored: z.int(),
  duplicate: z.int(),
  ignored: z.int(),
  deadLettered: z.int(),
  /** Of a reconciliation: messages that had never come, at most a hundred of them. */
  missingMessageIds: z.array(z.string()),
  /** The oldest and the newest message so far. */
  oldestAt: Instant.nullable(),
  newestAt: Instant.nullable(),
  updatedAt: Instant,
});
export type SyncPart = z.infer<typeof SyncPart>;

/** A sync, with a part for each account that was asked or could not be. */
export const Sync = z.object({
  syncId: z.string(),
  /** What was asked for; `reconcile` is an account's recent window, to see whether anything is missing. */
  scope: z.enum(['record', 'account', 'reconcile']),
  recordId: z.string().nullable(),
  accountId: z.string().nullable(),
  /** `running` until every part has ended; `failed` when one of them failed. */
  state: z.enum(['running', 'completed', 'failed']),
  requestedAt: Instant,
  finishedAt: Instant.nullable(),
  parts: z.array(SyncPart),
});
export type Sync = z.infer<typeof Sync>;

/** What of a record's past one account has been asked for. */
export const Coverage = z.object({
  accountId: z.string(),
  channel: Channel,
  provider: Provider,
  /**
   * `complete`: fetched for everything by which the record is known; `partial`: for some of it, or from a later date;
   * `pending`: on its way; `failed`: the last sync ended early; `none`: never asked; `not_possible`: the provider gives
   * none, or the record has nothing by which the account could know it.
   */
  state: z.enum(['complete', 'partial', 'pending', 'failed', 'none', 'not_possible']),
  ...trouble,
  /** The range that was fetched; `since` null is from the beginning, both are null where nothing was. */
  since: Instant.nullable(),
  until: Instant.nullable(),
  /** Since when the account is connected, and webhooks bring what happens. */
  liveSince: Instant,
  /** What the record is known by on this channel and was not asked for yet. */
  missingIdentifiers: z.array(z.string()),
  syncId: z.string().nullable(),
});
export type Coverage = z.infer<typeof Coverage>;
