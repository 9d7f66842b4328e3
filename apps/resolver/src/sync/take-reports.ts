/*
 * Takes in what the ingest services tell of the pages they fetched.
 *
 * A report is taken in when the one before it was, and when the deliveries that hold its page were; until then it comes
 * again. So what a part says is what is stored, and telling twice, or in another order, changes nothing (Invariant 3).
 */
import type { Fact, ItemOutcome, SyncReport } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts } from '../outbox/outbox.ts';
import { callOff } from './call-off.ts';
import { endSyncs } from './end-syncs.ts';

/** How far a part is. */
export interface PartProgress {
  id: string;
  syncId: string;
  accountId: string;
  scope: string;
  state: string;
  reason: string | null;
  detail: string | null;
  retryAt: string | null;
  pages: number;
  fetched: number;
  total: number | null;
  stored: number;
  duplicate: number;
  ignored: number;
  deadLettered: number;
  oldestAt: string | null;
  newestAt: string | null;
  updatedAt: string;
  requestedAt: string;
  finishedAt: string | null;
  missing: string[];
}

/** A report as it came, and whether it waited so long that what it waits for will not come. */
export interface ToldReport {
  report: SyncReport;
  isLast: boolean;
}

/** How an item ended, as the delivery keeps it. */
interface Ended {
  outcome: ItemOutcome;
  messageId?: string;
}

/** What became of reports. */
export interface TakenReports {
  /** They came too early, and have to come again. */
  early: ReadonlySet<ToldReport>;
  /** Accounts whose reconciliation has ended, and how much of what their providers hold had never come. */
  missed: { accountId: string; count: number }[];
}

/** Takes in the reports of one workspace. */
export async function takeReports(tx: Tx, told: readonly ToldReport[], at: string): Promise<TakenReports> {
  const parts = await readParts(tx, told);
  const outcomes = await readOutcomes(tx, told);
  await callOffGone(tx, parts, told);
  const early = new Set<ToldReport>();
  const changed = new Set<PartProgress>();
  for (const one of told.toSorted((a, b) => a.report.page - b.report.page || compareAt(a, b))) {
    const part = parts.get(one.report.partId);
    if (part === undefined || part.finishedAt !== null) continue;
    const taken = takeReport(part, one, outcomes);
    if (taken === 'early') early.add(one);
    if (taken === 'taken') changed.add(part);
  }
  if (changed.size === 0) return { early, missed: [] };
  await findMissing(tx, { parts: [...changed], told, outcomes });
  await writeParts(tx, [...changed]);
  await writeFacts(tx, [...changed].map(progressOf), at);
  await endSyncs(
    tx,
    [...changed].filter(({ finishedAt }) => finishedAt !== null).map(({ syncId }) => syncId),
    at,
  );
  return { early, missed: missedBy([...changed]) };
}

function missedBy(parts: readonly PartProgress[]): TakenReports['missed'] {
  return parts
    .filter(({ finishedAt, missing }) => finishedAt !== null && missing.length > 0)
    .map(({ accountId, missing }) => ({ accountId, count: missing.length }));
}

/** Clocks of services differ; what a webhook brought is older than this, because a reconciliation lags behind. */
const toleranceMs = 5 * 60_000;

/**
 * Adds to reconciliations the messages that had never come: stored now, and not received before the provider was asked.
 * What else is news to a stored message (that it was read) is nothing that was lost.
 */
async function findMissing(
  tx: Tx,
  { parts, told, outcomes }: { parts: PartProgress[]; told: readonly ToldReport[]; outcomes: Outcomes },
): Promise<void> {
  for (const part of parts.filter(({ scope }) => scope === 'reconcile')) {
    const ids = told
      .filter(({ report }) => report.partId === part.id)
      .flatMap(({ report }) => report.deliveryIds)
      .flatMap((id) => outcomes.get(id) ?? [])
      .flatMap(({ outcome, messageId }) =>
        outcome === 'stored' && messageId !== undefined ? [messageId] : [],
      );
    if (ids.length === 0) continue;
    const since = new Date(Date.parse(part.requestedAt) - toleranceMs).toISOString();
    const rows = await tx.rows<{ id: string }>(sql`select id from message
      where workspace_id = ${tx.workspace} and id = any(${uuidArray(ids)}) and received_at >= ${since}::timestamptz
      order by id`);
    part.missing = [...new Set([...part.missing, ...rows.map(({ id }) => id)])].slice(0, missingMax);
  }
}

/** A part that is not there was cleared while one of its pages was being fetched. */
async function callOffGone(
  tx: Tx,
  parts: ReadonlyMap<string, PartProgress>,
  told: readonly ToldReport[],
): Promise<void> {
  const gone = told.filter(({ report: { partId, state } }) => !parts.has(partId) && !isEnd(state));
  const channels = new Map(gone.map(({ report: { partId, channel } }) => [partId, channel]));
  await callOff(
    tx,
    Array.from(channels, ([partId, channel]) => ({ partId, channel })),
  );
}

const isEnd = (state: SyncReport['state']): boolean => state === 'completed' || state === 'failed';

const compareAt = (a: ToldReport, b: ToldReport): number =>
  a.report.at === b.report.at ? 0 : a.report.at < b.report.at ? -1 : 1;

/** Most ids of messages that were missing to keep with a part. */
const missingMax = 100;

/** How the items of deliveries ended. */
type Outcomes = ReadonlyMap<string, readonly Ended[]>;

/** Brings a part to what a report says of it. */
export function takeReport(
  part: PartProgress,
  { report, isLast }: ToldReport,
  outcomes: Outcomes,
): 'taken' | 'early' | 'known' {
  const { page, state, deliveryIds, at } = report;
  if (page <= part.pages || (page === part.pages + 1 && state === 'waiting' && at <= part.updatedAt)) {
    return 'known';
  }
  const isComplete = page === part.pages + 1 && deliveryIds.every((id) => outcomes.has(id));
  if (!isComplete && !isLast) return 'early';
  if (!isComplete) {
    Object.assign(part, { state: 'failed', reason: 'pages_lost', finishedAt: at, updatedAt: at });
    return 'taken';
  }
  const { reason, detail, retryAt, fetched, total } = report;
  Object.assign(part, { state, reason, detail, retryAt, total, updatedAt: at });
  if (state === 'waiting') return 'taken';
  const pages = state === 'failed' && deliveryIds.length === 0 ? part.pages : page;
  Object.assign(part, { pages, fetched, finishedAt: state === 'running' ? null : at });
  part.oldestAt = least(part.oldestAt, report.oldestAt);
  part.newestAt = greatest(part.newestAt, report.newestAt);
  countOutcomes(
    part,
    deliveryIds.flatMap((id) => outcomes.get(id) ?? []),
  );
  return 'taken';
}

function countOutcomes(part: PartProgress, ended: readonly Ended[]): void {
  for (const { outcome } of ended) {
    if (outcome === 'dead_lettered') part.deadLettered += 1;
    else part[outcome] += 1;
  }
}

const least = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;
const greatest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

async function readParts(tx: Tx, told: readonly ToldReport[]): Promise<Map<string, PartProgress>> {
  const ids = [...new Set(told.map(({ report }) => report.partId))];
  const rows = await tx.rows<PartProgress>(sql`
    select id, sync_id as "syncId", account_id as "accountId", scope, state, reason, detail, retry_at as "retryAt",
      pages, fetched, total, stored, duplicate, ignored, dead_lettered as "deadLettered", oldest_at as "oldestAt",
      newest_at as "newestAt", updated_at as "updatedAt", requested_at as "requestedAt", finished_at as "finishedAt", missing
    from sync_part where workspace_id = ${tx.workspace} and id = any(${uuidArray(ids)})`);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readOutcomes(tx: Tx, told: readonly ToldReport[]): Promise<Map<string, Ended[]>> {
  const ids = [...new Set(told.flatMap(({ report }) => report.deliveryIds))];
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; outcomes: Ended[] }>(sql`select id, outcomes from delivery
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(ids)})`);
  return new Map(rows.map(({ id, outcomes }) => [id, outcomes]));
}

async function writeParts(tx: Tx, parts: readonly PartProgress[]): Promise<void> {
  const rows = parts.map((part) => ({
    id: part.id,
    state: part.state,
    reason: part.reason,
    detail: part.detail,
    retry_at: part.retryAt,
    pages: part.pages,
    fetched: part.fetched,
    total: part.total,
    stored: part.stored,
    duplicate: part.duplicate,
    ignored: part.ignored,
    dead_lettered: part.deadLettered,
    oldest_at: part.oldestAt,
    newest_at: part.newestAt,
    updated_at: part.updatedAt,
    finished_at: part.finishedAt,
    missing: part.missing,
  }));
  const columns =
    'id uuid, state text, reason text, detail text, retry_at timestamptz, pages int, fetched int, total int, ' +
    'stored int, duplicate int, ignored int, dead_lettered int, oldest_at timestamptz, newest_at timestamptz, ' +
    'updated_at timestamptz, finished_at timestamptz, missing jsonb';
  await tx.rows(sql`
    update sync_part p set state = input.state, reason = input.reason, detail = input.detail,
      retry_at = input.retry_at, pages = input.pages, fetched = input.fetched, total = input.total,
      stored = input.stored, duplicate = input.duplicate, ignored = input.ignored,
      dead_lettered = input.dead_lettered, oldest_at = input.oldest_at, newest_at = input.newest_at,
      updated_at = input.updated_at, finished_at = input.finished_at, missing = input.missing
    from ${rowSet(rows, columns)}
    where p.workspace_id = ${tx.workspace} and p.id = input.id`);
}

const progressOf = ({ syncId, accountId, fetched, stored }: PartProgress): Fact => ({
  type: 'sync.progress',
  data: { syncId, accountId, fetched, stored },
});
