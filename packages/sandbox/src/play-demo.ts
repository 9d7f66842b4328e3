/*
 * The demo: fills a workspace with accounts, records and a history of mail, and can keep mail coming.
 *
 * Everything goes the way of real data: records through the API, mail over HTTP to the ingest service with valid
 * credentials. The history is posted while the workspace holds fewer deliveries than it has; posting it again after
 * an interruption on the same day gives duplicates only.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createKithClient, type KithClient, kithError } from '@kith/client';
import { bodyOf, connectAccounts, type DemoTargets } from './accounts.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { type DemoDelivery, demoMail, demoThreads } from './history.ts';
import { playLive } from './play-live.ts';
import { postWebhook } from './post-webhook.ts';
import { createRandom } from './random.ts';
import { demoPipelines, demoRecords } from './records.ts';

/** Which stack to play to. */
export interface PlayDemoOptions {
  queryUrl: string;
  resolverUrl: string;
  ingestEmailUrl: string;
  apiKey: string;
  log: (line: string) => void;
  /** Ends everything, the live traffic included. */
  signal: AbortSignal;
  /** Whether to keep mail coming after the history. */
  live: boolean;
}

/** What was played. `live` resolves when the live traffic has ended; it never rejects. */
export interface PlayedDemo {
  posted: number;
  live: Promise<void>;
}

const placesAtOnce = 8;
const patienceMs = 60_000;
const settleMs = 15_000;
/** How long the resolver may make no progress before one stops waiting for it. */
const stalledMs = 30_000;

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
  const kith = createKithClient(options);
  const connect = () => connectAccounts(kith, options.ingestEmailUrl);
  const targets = await patiently(options.signal, connect);
  const recordCount = await patiently(options.signal, () => writeRecords(kith));
  options.log(`demo: 2 accounts, ${recordCount} records`);
  const anchor = midnightOf(new Date());
  const posted = await playHistory(options, { kith, targets, history: demoMail(anchor) });
  const { log, signal } = options;
  const random = createRandom(Date.now());
  const live = options.live
    ? playLive({ threads: demoThreads(anchor), targets, reconnect: connect, random, log, signal })
    : Promise.resolve();
  return { posted, live };
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
  targets: DemoTargets;
  history: DemoDelivery[];
}

async function playHistory({ log, signal }: PlayDemoOptions, parts: HistoryParts): Promise<number> {
  const { history, targets } = parts;
  const accounting = () => parts.kith.read.deliveries.accounting.query();
  const { accepted } = await patiently(signal, accounting);
  if (accepted >= history.length) {
    log(`demo: the workspace holds ${accepted} deliveries already, the history is not played again`);
    return 0;
  }
  let posted = 0;
  const settledAtMs = performance.now() + settleMs;
  await forEachConcurrently(history, placesAtOnce, async (delivery) => {
    const target = targets[delivery.desk];
    const result = await postWebhook(target, bodyOf(delivery), { patienceMs, settledAtMs, signal });
    if (result.ended !== 'accepted') throw new Error(`the demo's mail was not accepted: ${result.message}`);
    posted += 1;
    if (posted % 100 === 0) log(`demo: ${posted} of ${history.length} mails posted`);
  });
  await waitUntilProcessed({ accounting, log, signal, expected: accepted + posted });
  return posted;
}

interface Waiting {
  accounting: () => Promise<{ accepted: number; pending: number; stored: number }>;
  log: (line: string) => void;
  signal: AbortSignal;
  expected: number;
}

/** Waits for the resolver; a resolver that is down for long does not keep the demo from going on. */
async function waitUntilProcessed({ accounting, log, signal, expected }: Waiting): Promise<void> {
  let changedAtMs = performance.now();
  let pendingBefore = -1;
  for (;;) {
    const now = await patiently(signal, accounting);
    if (now.pending === 0 && now.accepted >= expected) {
      log(`demo: ${expected} deliveries processed, ${now.stored} messages stored`);
      return;
    }
    if (now.pending !== pendingBefore) changedAtMs = performance.now();
    pendingBefore = now.pending;
    if (performance.now() - changedAtMs > stalledMs) {
      log(
        `demo: ${now.pending} deliveries still wait for the resolver; they are durable and will be processed`,
      );
      return;
    }
    await delay(200, undefined, { signal });
  }
}

/** Calls again while Kith is away: no answer at all, or `unavailable`. */
async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (err) {
      const code = kithError(err)?.code ?? 'unavailable';
      if (code !== 'unavailable' || performance.now() > giveUpAtMs) throw err;
    }
    await delay(500, undefined, { signal });
  }
}

/** The same for a whole day, so that what is posted again the same day is the same. */
const midnightOf = (now: Date): string => `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
