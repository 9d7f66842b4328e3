import type { Sync, SyncPart } from '@kith/client';

/** What a progress bar counts: thousandths of the whole. */
export const progressTotal = 1_000;

/** How far a sync is, in thousandths: the mean of the accounts that are asked. */
export function progressOf({ parts }: Sync): number {
  const asked = parts.filter(({ state }) => state !== 'not_possible');
  if (asked.length === 0) return progressTotal;
  const shares = asked.map(shareOf).reduce((sum, share) => sum + share, 0);
  return Math.floor((shares / asked.length) * progressTotal);
}

/** How many pages take a part of unknown length half way. */
const pagesHalfWay = 4;

/** Of a part whose length its provider does not say, one that comes closer to the end with each page. */
function shareOf({ state, total, fetched, pages }: SyncPart): number {
  if (state === 'completed' || state === 'failed') return 1;
  if (total !== null && total > 0) return Math.min(fetched / total, 0.99);
  return pages / (pages + pagesHalfWay);
}

/** How far it is, in words. */
export function progressText({ parts }: Sync): string {
  const fetched = sum(parts, (part) => part.fetched);
  const stored = sum(parts, (part) => part.stored);
  const waiting = parts.filter(({ state }) => state === 'waiting').map(({ accountId }) => accountId);
  const text = `${fetched} messages, ${stored} new`;
  return waiting.length === 0 ? text : `${text}; ${waiting.join(', ')} waits`;
}

const sum = (parts: readonly SyncPart[], count: (part: SyncPart) => number): number =>
  parts.reduce((total, part) => total + count(part), 0);
