/*
 * The demo: fills a workspace with accounts, records and a history of mails and chats, and can keep messages coming.
 *
 * Everything goes the way of real data: records through the API, messages over HTTP to the ingest services with valid
 * proofs, files fetched from where the providers keep them. The history is posted while the workspace holds fewer
 * items than it has; posting it again after an interruption on the same day gives duplicates only.
 */
import { createKithClient, type KithClient } from '@kith/client';
import {
  accountCount,
  connectAccounts,
  firstAccountId,
  type DemoAccounts,
  type IngestUrls,
  webhookOf,
} from './accounts.ts';
import { type DemoDelivery, demoHistory, itemsIn } from './demo-history.ts';
import { type DemoHost, openDemoHost } from './demo-host.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { demoMailbox, demoThreads } from './history.ts';
import { patienceMs, patiently, waitUntilProcessed } from './patience.ts';
import { playLive } from './play-live.ts';
import { postWebhook } from './post-webhook.ts';
import { createRandom } from './random.ts';
import { demoPipelines, demoRecords } from './records.ts';
import { demoChats } from './story/told-chats.ts';

/** Which stack to play to. */
export interface PlayDemoOptions extends IngestUrls {
  queryUrl: string;
  resolverUrl: string;
  apiKey: string;
  /**
   * A port of 127.0.0.1 that the ingest services may fetch from (KITH_EGRESS_ALLOW): the files of the chats and the
   * histories of the accounts lie there while the demo plays. Without one they are not to be had.
   */
  mediaPort?: number;
  log: (line: string) => void;
  /** Ends everything, the live traffic included. */
  signal: AbortSignal;
  /** Whether to keep messages coming after the history. */
  live: boolean;
}

/** What was played. `live` resolves when the live traffic has ended; it never rejects. */
export interface PlayedDemo {
  posted: number;
  live: Promise<void>;
}

const placesAtOnce = 8;
const settleMs = 15_000;
/** How long files may take to be fetched before a demo that stops after the history stops. */
const filesMs = 10_000;

/** Resolves once the history is in; rejects when a service stays away for a minute, or with `signal`'s reason. */
export async function playDemo(options: PlayDemoOptions): Promise<PlayedDemo> {
  try {
    return await play(options);
  } catch (err) {
    // An aborted wait has an error of its own; callers know the reason they gave.
    options.signal.throwIfAborted();
    throw err;
  }
}

async function play(options: PlayDemoOptions): Promise<PlayedDemo> {
  const { log, signal, mediaPort, apiKey } = options;
  const kith = createKithClient(options);
  const anchor = midnightOf(await patiently(signal, () => firstPlayedAt(kith)));
  const chats = demoChats(anchor);
  const told = { chats, mails: demoMailbox(anchor) };
  const place = mediaPort === undefined ? null : { port: mediaPort, workspaceKey: apiKey };
  const host = place === null ? null : await openDemoHost(place, told);
  if (host === null) log('demo: no port to keep files and histories at, so that they cannot be fetched');
  let live: Promise<void> | null = null;
  try {
    const connect = () => connectAccounts(kith, options, host?.access ?? null);
    const accounts = await patiently(signal, connect);
    const recordCount = await patiently(signal, () => writeRecords(kith));
    log(`demo: ${accountCount} accounts, ${recordCount} records`);
    const posted = await playHistory(options, { kith, accounts, history: demoHistory(anchor) });
    if (posted > 0 && !options.live) await host?.fetched(AbortSignal.timeout(filesMs));
    if (options.live) {
      const random = createRandom(Date.now());
      const threads = demoThreads(anchor);
      const remember = (delivery: DemoDelivery) => host?.remember(delivery);
      live = playLive({ threads, chats, accounts, reconnect: connect, remember, random, log, signal });
    }
    return { posted, live: closedAfter(live, host) };
  } finally {
    if (live === null) await host?.[Symbol.asyncDispose]();
  }
}

async function closedAfter(live: Promise<void> | null, host: DemoHost | null): Promise<void> {
  if (live === null) return;
  await live;
  await host?.[Symbol.asyncDispose]();
}

async function writeRecords(kith: KithClient): Promise<number> {
  for (const pipeline of demoPipelines()) await kith.write.pipelines.upsert.mutate(pipeline);
  let count = 0;
  for (const { pipeline, records } of demoRecords()) {
    const { upserted } = await kith.write.records.upsertMany.mutate({ pipeline, records });
    count += upserted;
  }
  return count;
}

interface HistoryParts {
  kith: KithClient;
  accounts: DemoAccounts;
  history: DemoDelivery[];
}

async function playHistory({ log, signal }: PlayDemoOptions, parts: HistoryParts): Promise<number> {
  const { history, accounts } = parts;
  const accounting = () => parts.kith.read.deliveries.accounting.query();
  const { accepted } = await patiently(signal, accounting);
  const items = history.reduce((sum, delivery) => sum + itemsIn(delivery), 0);
  if (accepted >= items) {
    log(`demo: the workspace holds ${accepted} items already, the history is not played again`);
    return 0;
  }
  let posted = 0;
  const settledAtMs = performance.now() + settleMs;
  await forEachConcurrently(history, placesAtOnce, async (delivery) => {
    const { target, body } = webhookOf(accounts, delivery);
    const result = await postWebhook(target, body, { patienceMs, settledAtMs, signal });
    if (result.ended !== 'accepted') {
      throw new Error(`a webhook of the demo's ${delivery.account} was not accepted: ${result.message}`);
    }
    posted += 1;
    if (posted % 100 === 0) log(`demo: ${posted} of ${history.length} webhooks posted`);
  });
  await waitUntilProcessed({ accounting, log, signal, expected: accepted + items });
  return posted;
}

/**
 * When the demo was played first: what the providers of a workspace hold stays the same, whenever it is started again.
 */
async function firstPlayedAt(kith: KithClient): Promise<string> {
  const { items } = await kith.read.accounts.list.query();
  const known = items.find(({ accountId }) => accountId === firstAccountId);
  return known?.createdAt ?? new Date().toISOString();
}

const midnightOf = (instant: string): string => `${instant.slice(0, 10)}T00:00:00.000Z`;
