/*
 * Syncs: what the resolver asks the ingest services to fetch from providers, and what they tell of it.
 *
 * A task is one account's share of a sync together with how far it is: the newest one lies in `KITH_SYNC`, and whoever
 * takes it fetches the next page. A report tells the resolver of one page. Both are internal; they name people, which
 * is why they are no events.
 */
import * as z from 'zod';
import { AccountId, Channel, Identifier, Instant, Provider, WorkspaceId } from './names.ts';

/** Why a part of a sync waits, failed, or cannot be asked for at all. */
export const SyncReason = z.enum([
  'rate_limited',
  'provider_unavailable',
  'bad_answer',
  'no_identifiers',
  'no_history_api',
  'history_by_webhook_only',
  'no_credentials',
  'credentials_refused',
  'not_found',
  'cursor_loops',
  'cursor_expired',
  'account_gone',
  'pages_lost',
]);
export type SyncReason = z.infer<typeof SyncReason>;

/** What each reason means, and what to do about it. */
export const syncReasons: Record<SyncReason, { means: string; todo: string }> = {
  rate_limited: {
    means: 'the provider asks for patience',
    todo: 'nothing: it goes on by itself at the time it names',
  },
  provider_unavailable: {
    means: 'the provider does not answer, or answers with an error of its own',
    todo: 'nothing while it waits; when it failed, look at the provider’s status page and sync again',
  },
  bad_answer: {
    means: 'the provider’s answer breaks off, or is not what its API promises',
    todo: 'nothing while it waits; when it failed, sync again, and report it to the provider if it stays',
  },
  no_identifiers: {
    means: 'the record has nothing by which the account could know it',
    todo: 'give the record an email address, a phone number or a LinkedIn profile, in a field of that type',
  },
  no_history_api: {
    means: 'the provider keeps no messages that can be asked for',
    todo: 'give the account settings.imap and secrets.imapPassword, or connect the mailbox through Nylas or Unipile',
  },
  history_by_webhook_only: {
    means: 'the provider gives history only once, by webhook, when a number is connected',
    todo: 'share the history in the WhatsApp app when the number is connected, or connect it through Unipile too',
  },
  no_credentials: {
    means: 'the account has no credentials for the provider’s API',
    todo: 'add them with accounts.upsert; the detail says which',
  },
  credentials_refused: {
    means: 'the provider refuses the account’s credentials: revoked, expired, or without the permission',
    todo: 'connect the account again at the provider, give the new credentials with accounts.upsert, and sync again',
  },
  not_found: {
    means: 'the provider does not know the account',
    todo: 'check the account’s id at the provider in its settings',
  },
  cursor_loops: {
    means: 'the provider leads from page to page in a circle; what it gave is kept',
    todo: 'sync again later, and report it to the provider if it stays',
  },
  cursor_expired: {
    means: 'the provider forgot where the sync was, again and again; what it gave is kept',
    todo: 'sync again, with a later date as its beginning',
  },
  account_gone: {
    means: 'the account is not connected any more',
    todo: 'connect it with accounts.upsert and sync again',
  },
  pages_lost: {
    means: 'pages were fetched and did not arrive in the resolver',
    todo: 'sync again: what arrived is not doubled. Then look for a purged stream KITH_INBOUND',
  },
};

/** How far one account is. The last three are ends. */
export const SyncState = z.enum(['running', 'waiting', 'completed', 'failed', 'not_possible']);
export type SyncState = z.infer<typeof SyncState>;

/** What is asked of an account. */
const question = {
  syncId: z.uuid(),
  partId: z.uuid(),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  /** Only what concerns somebody known by these; everything where it is null. */
  identifiers: z.array(Identifier).min(1).max(500).nullable(),
  /** Only what was sent from then, and before; null is from the beginning. */
  since: Instant.nullable(),
  until: Instant,
};

/** One account's share of a sync, and where it is. */
export const SyncTask = z.strictObject({
  version: z.literal(1),
  ...question,
  /** The page to fetch, counted from 1, and where the provider says that it is. */
  page: z.int().positive(),
  cursor: z.string().max(20_000).nullable(),
  /** How often this page was tried in vain, and not before when to try again. */
  attempt: z.int().nonnegative(),
  notBefore: Instant.nullable(),
  /** How often the provider forgot the cursor, so that it began anew. */
  restarts: z.int().nonnegative(),
  fetched: z.int().nonnegative(),
  total: z.int().nonnegative().nullable(),
  /** Empty pages in a row. */
  emptyPages: z.int().nonnegative(),
  /** An earlier page, by hashes of what was on it and of the cursor behind it: meeting it again and again is a circle. */
  landmark: z
    .strictObject({ content: z.string().nullable(), cursor: z.string(), met: z.int().nonnegative() })
    .nullable(),
});
export type SyncTask = z.infer<typeof SyncTask>;

/** Where every task begins: at the provider's first page. */
export const beginningOfTask = {
  version: 1,
  page: 1,
  cursor: null,
  attempt: 0,
  notBefore: null,
  restarts: 0,
  fetched: 0,
  total: null,
  emptyPages: 0,
  landmark: null,
} as const satisfies Partial<SyncTask>;

/** Lies where the task of a part lay: there is nothing to fetch for it any more. */
export const SyncCancellation = z.strictObject({
  version: z.literal(1),
  partId: z.uuid(),
  calledOff: z.literal(true),
});
export type SyncCancellation = z.infer<typeof SyncCancellation>;

/** What became of one page, or why there is none yet. */
export const SyncReport = z.strictObject({
  version: z.literal(1),
  syncId: z.uuid(),
  partId: z.uuid(),
  workspace: WorkspaceId,
  channel: Channel,
  page: z.int().positive(),
  /** The deliveries that hold the page: taken in before the report is. */
  deliveryIds: z.array(z.uuid()).max(1_000),
  /** Of the whole part, this page included. */
  fetched: z.int().nonnegative(),
  total: z.int().nonnegative().nullable(),
  /** Of the messages on this page. */
  oldestAt: Instant.nullable(),
  newestAt: Instant.nullable(),
  state: SyncState.exclude(['not_possible']),
  reason: SyncReason.nullable(),
  detail: z.string().max(500).nullable(),
  retryAt: Instant.nullable(),
  at: Instant,
});
export type SyncReport = z.infer<typeof SyncReport>;

/** Whether an account's history can be asked for, by its provider and settings; else why not. */
export function historyOf(
  provider: Provider,
  settings: Readonly<Record<string, unknown>>,
): 'can_be_asked' | 'no_history_api' | 'history_by_webhook_only' {
  if (provider === 'meta') return 'history_by_webhook_only';
  if (askable.has(provider)) return 'can_be_asked';
  return settings['imap'] === undefined ? 'no_history_api' : 'can_be_asked';
}

const askable: ReadonlySet<Provider> = new Set<Provider>(['unipile', 'nylas', 'twilio', 'imap']);
