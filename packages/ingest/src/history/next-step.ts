/*
 * What follows from a page, or from not having got one: the task for the next, and the report of this one. Pure.
 *
 * A part of a sync always ends. A page that cannot be had is tried for hours and given up; a provider that forgets its
 * cursor is begun anew a few times; one that leads in a circle is noticed (Brent's way: one earlier page is remembered,
 * another one at every power of two), and so is one that has nothing but empty pages.
 */
import { createHash } from 'node:crypto';
import type { SyncReport, SyncTask } from '@kith/contracts';
import type { HistoryAnswer, PassingReason } from '../provider.ts';
import { waitMs } from '../work/complete.ts';

/** What became of asking for a page. */
export type PageOutcome =
  | PublishedPage
  | Exclude<HistoryAnswer, { ended: 'page' }>
  /** It may be had later. */
  | { ended: 'later'; reason: PassingReason; detail: string; afterMs: number | null }
  | { ended: 'account_gone' };

/** A page whose deliveries are published. */
export interface PublishedPage {
  ended: 'published';
  deliveryIds: string[];
  /** Messages on it. */
  count: number;
  oldestAt: string | null;
  newestAt: string | null;
  /** Hash of what was on it; null where nothing was. */
  content: string | null;
  next: string | null;
  total: number | null;
}

/** What to tell, and where to go on; null at the end. */
export interface Step {
  report: SyncReport;
  next: SyncTask | null;
}

const attemptsMax = 14;
const restartsMax = 3;
const emptyPagesMax = 10_000;
/** A page may well come twice: only the third time is it a circle. */
const meetingsMax = 3;

/** The step from a task and what became of it. `at` is now, in ISO 8601. */
export function nextStep(task: SyncTask, outcome: PageOutcome, at: string): Step {
  switch (outcome.ended) {
    case 'published':
      return afterPage(task, outcome, at);
    case 'later':
      return afterFailure(task, outcome, at);
    case 'cursor_expired':
      return beginAnew(task, at);
    case 'account_gone':
      return ended(task, { state: 'failed', reason: 'account_gone', at });
    case 'failed':
      return ended(task, { state: 'failed', reason: outcome.reason, detail: outcome.detail, at });
  }
}

function afterPage(task: SyncTask, page: PublishedPage, at: string): Step {
  const { deliveryIds, oldestAt, newestAt, next: cursor } = page;
  const counted = { fetched: task.fetched + page.count, total: page.total ?? task.total };
  const told = { ...reportOf(task, at), ...counted, deliveryIds, oldestAt, newestAt };
  if (cursor === null) return { report: { ...told, state: 'completed' }, next: null };
  const landmark = landmarkAfter(task, page, cursor);
  const emptyPages = page.count === 0 ? task.emptyPages + 1 : 0;
  if (landmark.met >= meetingsMax || emptyPages >= emptyPagesMax) {
    return { report: { ...told, state: 'failed', reason: 'cursor_loops' }, next: null };
  }
  const { page: number } = task;
  const next = { ...task, ...counted, ...fresh, page: number + 1, cursor, landmark, emptyPages };
  return { report: { ...told, state: 'running' }, next };
}

/** A page that is to be tried for the first time. */
const fresh = { attempt: 0, notBefore: null };

function landmarkAfter(
  { landmark, page }: SyncTask,
  { content }: PublishedPage,
  next: string,
): NonNullable<SyncTask['landmark']> {
  const cursor = createHash('sha256').update(next).digest('base64url');
  const isMet =
    landmark !== null && (landmark.cursor === cursor || (content !== null && landmark.content === content));
  if (isMet) return { ...landmark, met: landmark.met + 1 };
  const isPowerOfTwo = (page & (page - 1)) === 0;
  return landmark === null || isPowerOfTwo ? { content, cursor, met: 0 } : landmark;
}

function afterFailure(
  task: SyncTask,
  { reason, detail, afterMs }: Extract<PageOutcome, { ended: 'later' }>,
  at: string,
): Step {
  const attempt = task.attempt + 1;
  if (attempt >= attemptsMax) {
    return ended(task, { state: 'failed', reason, detail: `${detail}; given up after ${attempt} tries`, at });
  }
  const notBefore = new Date(Date.parse(at) + waitMs(attempt, afterMs)).toISOString();
  const report = { ...reportOf(task, at), state: 'waiting', reason, detail, retryAt: notBefore } as const;
  return { report, next: { ...task, attempt, notBefore } };
}

function beginAnew(task: SyncTask, at: string): Step {
  const restarts = task.restarts + 1;
  if (restarts > restartsMax || task.cursor === null) {
    return ended(task, { state: 'failed', reason: 'cursor_expired', at });
  }
  const next = { ...task, ...fresh, restarts, cursor: null, fetched: 0, emptyPages: 0, landmark: null };
  return {
    report: { ...reportOf(task, at), fetched: 0, state: 'running' },
    next: { ...next, page: task.page + 1 },
  };
}

function ended(
  task: SyncTask,
  { at, detail = null, ...end }: Pick<SyncReport, 'state' | 'reason' | 'at'> & { detail?: string | null },
): Step {
  const report = { ...reportOf(task, at), ...end, detail: detail === null ? null : detail.slice(0, 500) };
  return { report, next: null };
}

/** A report of nothing yet. */
function reportOf(task: SyncTask, at: string): SyncReport {
  const { syncId, partId, workspace, channel, page, fetched, total } = task;
  return {
    version: 1,
    syncId,
    partId,
    workspace,
    channel,
    page,
    fetched,
    total,
    at,
    deliveryIds: [],
    oldestAt: null,
    newestAt: null,
    state: 'running',
    reason: null,
    detail: null,
    retryAt: null,
  };
}
