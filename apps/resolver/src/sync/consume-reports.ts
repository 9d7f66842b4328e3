/*
 * Consumes what the ingest services tell of syncs: a transaction per workspace, acknowledged after the commit. A report
 * that came too early comes again.
 */
import type { BatchMessage, Bus } from '@kith/bus';
import { SyncReport, syncReportSubject, syncStream } from '@kith/contracts';
import type { Database } from '@kith/database';
import type { Logger } from '@kith/service';
import type { Relay } from '../outbox/relay.ts';
import { takeReports, type ToldReport } from './take-reports.ts';

/** What it needs; `now` is the clock. */
export interface ReportParts {
  db: Database;
  bus: Bus;
  relay: Pick<Relay, 'wake'>;
  log: Logger;
  /** Brings the streams to their declaration; called at the start and after every interruption. */
  prepare(): Promise<void>;
  now(): Date;
}

const batchMax = 64;
const ackWaitMs = 20_000;
const retryMsMax = 30_000;
/** Some quarter of an hour: what a report waits for is on its way in the same NATS, or is lost. */
const triesMax = 36;

type Told = ToldReport & { message: BatchMessage };

/** Consumes until the signal aborts; resolves when the last batch is settled. */
export async function consumeReports(parts: ReportParts, signal: AbortSignal): Promise<void> {
  const consumer = parts.bus.consumeBatches({
    stream: syncStream,
    isWorkQueue: true,
    durable: 'sync-reports',
    subject: syncReportSubject('*', '*', '*'),
    batchMax,
    ackPendingMax: 20_000,
    ackWaitMs,
    signal,
    prepare: () => parts.prepare(),
    handle: (batch) => handleReports(parts, batch),
  });
  await consumer.done;
}

async function handleReports(parts: ReportParts, batch: readonly BatchMessage[]): Promise<void> {
  const told = batch.flatMap((message) => readReport(parts, message) ?? []);
  for (const workspace of new Set(told.map(({ report }) => report.workspace))) {
    const group = told.filter(({ report }) => report.workspace === workspace);
    await settleGroup(parts, workspace, group);
  }
  parts.relay.wake();
}

function readReport({ log }: ReportParts, message: BatchMessage): Told | null {
  try {
    const report = SyncReport.parse(JSON.parse(Buffer.from(message.payload).toString('utf8')));
    return { report, message, isLast: message.deliveryCount >= triesMax };
  } catch {
    log.error({ seq: message.seq }, 'a message in the stream of syncs is no report, and is skipped');
    message.ack();
    return null;
  }
}

async function settleGroup(parts: ReportParts, workspace: string, group: readonly Told[]): Promise<void> {
  try {
    const at = parts.now().toISOString();
    const taken = await parts.db.write(workspace, (tx) => takeReports(tx, group, at));
    const early: ReadonlySet<ToldReport> = taken.early;
    for (const { accountId, count } of taken.missed) {
      parts.log.warn(
        { workspace, accountId, count },
        'a provider held what had never come; it is stored now',
      );
    }
    for (const told of group) {
      if (early.has(told)) retry(told.message);
      else told.message.ack();
    }
  } catch (err) {
    parts.log.warn({ err, count: group.length }, 'reports of syncs wait: something they need is away');
    for (const { message } of group) retry(message);
  }
}

const retry = (message: BatchMessage): void =>
  message.retry(Math.min(100 * 2 ** Math.min(message.deliveryCount, 10), retryMsMax));
