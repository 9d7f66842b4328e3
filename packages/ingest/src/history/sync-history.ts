/*
 * Works off what was asked of the past: takes a task, fetches its page, publishes it, tells of it, and leaves the task
 * for the next page.
 *
 * Where a part of a sync is lies in the task alone, one for each part in its stream: the next replaces the one before,
 * so a process that dies leaves it to another, which fetches that page again and nothing before it. The order makes
 * that safe: the deliveries first, then the report of the page, then the task that goes on. A page that is published
 * twice is counted once.
 *
 * What waits for its time (a provider that asks for patience) waits in the stream. One account is asked for one page at
 * a time by each process, so that a long history does not use up the patience of its provider.
 */
import type { BlobStore } from '@kith/blobs';
import type { BatchConsumer, BatchMessage, Bus } from '@kith/bus';
import {
  type Channel,
  SyncCancellation,
  type SyncReport,
  syncReportSubject,
  syncStream,
  SyncTask,
  syncTaskSubject,
} from '@kith/contracts';
import { idOf, type Logger } from '@kith/service';
import * as z from 'zod';
import type { Accounts } from '../accounts.ts';
import type { IngestMetrics } from '../metrics.ts';
import { createAtOnce } from '../work/at-once.ts';
import type { Readers } from '../work/readers.ts';
import { fetchPage } from './fetch-page.ts';
import { nextStep } from './next-step.ts';

/** What syncing needs. */
export interface SyncParts {
  channel: Channel;
  bus: Bus;
  blobs: BlobStore;
  accounts: Accounts;
  readers: Readers;
  metrics: IngestMetrics;
  log: Logger;
  now(): Date;
}

const atOnceMax = 4;
/** How long a process that was killed keeps work from others. */
const ackWaitMs = 10_000;
const stillWorkingMs = 3_000;
const busyMs = 500;
const oursAwayMsMax = 30_000;

/** Syncs until the signal aborts; `done` resolves when the last page is settled or left to the next process. */
export function syncHistory(parts: SyncParts, signal: AbortSignal): BatchConsumer {
  const atOnce = createAtOnce(atOnceMax);
  const busy = new Set<string>();
  const consumer = parts.bus.consumeBatches({
    stream: syncStream,
    isWorkQueue: true,
    durable: `sync-${parts.channel}`,
    subject: syncTaskSubject(parts.channel, '*', '*'),
    batchMax: atOnceMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    handle: async (batch) => {
      for (const message of batch) await atOnce.begin(() => settle(parts, message, busy));
    },
  });
  return { done: consumer.done.then(() => atOnce.done()) };
}

async function settle(parts: SyncParts, message: BatchMessage, busy: Set<string>): Promise<void> {
  const task = readTask(parts, message);
  if (task === null) return message.ack();
  const waitMs = task.notBefore === null ? 0 : Date.parse(task.notBefore) - parts.now().getTime();
  if (waitMs > 0) return message.retry(waitMs);
  const account = `${task.workspace}/${task.accountId}`;
  if (busy.has(account)) return message.retry(busyMs);
  busy.add(account);
  const working = setInterval(() => message.working(), stillWorkingMs);
  try {
    const next = await takeStep(parts, task).finally(() => busy.delete(account));
    if (next !== null) await publishTask(parts, next);
    message.ack();
  } catch (err) {
    parts.log.warn({ err, partId: task.partId }, 'a sync waits: something it needs is away');
    message.retry(Math.min(500 * 2 ** Math.min(message.deliveryCount, 10), oursAwayMsMax));
  } finally {
    clearInterval(working);
  }
}

/** Null where there is nothing to do. */
function readTask({ log }: SyncParts, { payload, seq }: BatchMessage): SyncTask | null {
  try {
    const read = z
      .union([SyncTask, SyncCancellation])
      .parse(JSON.parse(Buffer.from(payload).toString('utf8')));
    return 'calledOff' in read ? null : read;
  } catch {
    log.error({ seq }, 'a message in the stream of syncs is no task, and is skipped');
    return null;
  }
}

/** Fetches a page and tells of it; answers where to go on. */
async function takeStep(parts: SyncParts, task: SyncTask): Promise<SyncTask | null> {
  const outcome = await fetchPage(parts, task);
  const { report, next } = nextStep(task, outcome, parts.now().toISOString());
  const { accountId, partId, page } = task;
  if (report.reason !== null) {
    const { reason, detail, retryAt } = report;
    parts.log.warn({ accountId, partId, page, reason, detail, retryAt }, 'a page of history was not fetched');
  }
  parts.metrics.synced(task.provider, outcome.ended === 'published' ? 'fetched' : (report.reason ?? 'other'));
  await publishReport(parts, report, task.attempt);
  return next;
}

async function publishReport({ bus }: SyncParts, report: SyncReport, attempt: number): Promise<void> {
  const { workspace, partId, page, state } = report;
  await bus.publish(syncReportSubject(workspace, partId, page), Buffer.from(JSON.stringify(report)), {
    messageId: idOf('sync report', partId, String(page), state, String(attempt), report.at),
  });
}

/** It replaces the task that it follows from. */
async function publishTask({ bus, channel }: SyncParts, task: SyncTask): Promise<void> {
  const { workspace, partId, page, attempt, cursor } = task;
  await bus.publish(syncTaskSubject(channel, workspace, partId), Buffer.from(JSON.stringify(task)), {
    messageId: idOf('sync task', partId, String(page), String(attempt), cursor ?? ''),
  });
}
