/*
 * Fetches one page of an account's past and publishes what is on it, by the way that webhooks go: read by the
 * provider's own reader, put into the blob store, published as deliveries, with `origin: sync`.
 *
 * The id of a delivery follows from the part of the sync, the page and the bytes: a page that is fetched again publishes the
 * same, and what changed meanwhile is a delivery of its own, whose messages are known by their ids.
 */
import { createHash } from 'node:crypto';
import type { SyncTask } from '@kith/contracts';
import { idOf } from '@kith/service';
import { EgressFailed, EgressRefused } from '../egress.ts';
import type { ReadItem } from '../encode-items.ts';
import { type HistoryAnswer, type HistoryBody, TryAgainLater } from '../provider.ts';
import type { MountedAccount } from '../account-table.ts';
import { publishDeliveries } from '../work/publish-deliveries.ts';
import { storeItems } from '../work/store-items.ts';
import type { PageOutcome, PublishedPage } from './next-step.ts';
import type { SyncParts } from './sync-history.ts';

/** Rejects when something of ours is away; what the provider does is an outcome. */
export async function fetchPage(parts: SyncParts, task: SyncTask): Promise<PageOutcome> {
  const account = await parts.accounts.findOwn(task);
  if (account === undefined) return { ended: 'account_gone' };
  const answer = await ask(account, task);
  return answer.ended === 'page' ? publishPage(parts, { task, account, page: answer }) : answer;
}

type Asked = HistoryAnswer | Extract<PageOutcome, { ended: 'later' }>;

async function ask(account: MountedAccount, task: SyncTask): Promise<Asked> {
  const { identifiers, since, until, cursor } = task;
  const { accountId, settings } = account;
  try {
    return await account.fetchHistory({ accountId, settings, identifiers, since, until, cursor });
  } catch (err) {
    if (err instanceof EgressRefused) {
      const { reason } = err;
      if (reason === 'address_not_allowed') {
        return { ended: 'failed', reason: 'not_found', detail: `the provider’s address: ${err.message}` };
      }
      return { ended: 'later', reason: 'bad_answer', detail: err.message, afterMs: null };
    }
    if (err instanceof TryAgainLater) {
      return { ended: 'later', reason: err.reason, detail: err.message, afterMs: err.afterMs };
    }
    // Nothing came, or something that is no answer. The text of the error may quote what the provider sent.
    const reason = err instanceof EgressFailed ? 'provider_unavailable' : 'bad_answer';
    const detail = `asking failed with ${err instanceof Error ? err.name : typeof err}`;
    return { ended: 'later', reason, detail, afterMs: null };
  }
}

type Page = Extract<HistoryAnswer, { ended: 'page' }>;

async function publishPage(
  parts: SyncParts,
  { task, account, page }: { task: SyncTask; account: MountedAccount; page: Page },
): Promise<PublishedPage> {
  const hash = createHash('sha256');
  const published: PublishedPage = {
    ended: 'published',
    deliveryIds: [],
    count: 0,
    oldestAt: null,
    newestAt: null,
    content: null,
    next: page.next,
    total: page.total ?? null,
  };
  for (const piece of page.bodies) {
    const digest = createHash('sha256').update(piece.body).digest('hex');
    hash.update(digest);
    const { ids, items } = await publishPiece(parts, { task, account, piece, digest });
    for (const id of ids) if (!published.deliveryIds.includes(id)) published.deliveryIds.push(id);
    for (const item of items) countItem(published, item);
  }
  if (page.bodies.length > 0) published.content = hash.digest('base64url');
  return published;
}

async function publishPiece(
  parts: SyncParts,
  given: { task: SyncTask; account: MountedAccount; piece: HistoryBody; digest: string },
): Promise<{ ids: string[]; items: ReadItem[] }> {
  const { task, account, piece, digest } = given;
  const { workspace, accountId, provider, partId, page } = task;
  const { settings } = account;
  // Before it is read: a large body is given away to the thread that reads it.
  const raw = await parts.blobs.put(workspace, piece.body);
  const items = await parts.readers.read({ ...piece, workspace, accountId, settings });
  const stored = await storeItems(parts.blobs, workspace, items);
  const id = idOf('history', partId, String(page), digest);
  const receivedAt = parts.now().toISOString();
  const source = { id, workspace, accountId, provider, receivedAt, raw, origin: 'sync' } as const;
  const ids = await publishDeliveries(parts, source, stored);
  for (const { kind } of items) parts.metrics.published(provider, kind);
  return { ids, items };
}

function countItem(page: PublishedPage, { kind, sentAt }: ReadItem): void {
  if (kind !== 'message') return;
  page.count += 1;
  if (sentAt === null) return;
  if (page.oldestAt === null || sentAt < page.oldestAt) page.oldestAt = sentAt;
  if (page.newestAt === null || sentAt > page.newestAt) page.newestAt = sentAt;
}
