/*
 * The sum of an import: every mail ends in exactly one row, and the rows add up to the mails that were read.
 */
import type { ReadOutputs } from '@kith/client';
import type { PostResult } from '@kith/sandbox';
import type { TableRow } from '../terminal.ts';

/** How a mail that was posted, or could not be, is known so far. */
export interface PostedMail {
  name: string;
  result: PostResult | { ended: 'too_large' };
}

/** The outcomes of a delivery, or null while it waits. */
export type Outcomes = ReadOutputs['deliveries']['outcomes']['items'][number]['outcomes'];

/** Mails that ended the same way. */
export interface Group {
  count: number;
  /** Names of the mails, by reason; only where a person may want to look at them. */
  byReason: Record<string, string[]>;
}

/** How all mails ended. */
export interface ImportSummary {
  mails: number;
  stored: number;
  duplicate: number;
  ignored: Group;
  deadLettered: Group;
  refused: Group;
  pending: Group;
}

interface Ending {
  row: 'stored' | 'duplicate' | 'ignored' | 'deadLettered' | 'refused' | 'pending';
  /** Empty where a mail simply arrived. */
  reason: string;
}

/** Adds up the endings of all mails. */
export function summarize(
  posted: readonly PostedMail[],
  outcomes: ReadonlyMap<string, Outcomes>,
): ImportSummary {
  const summary: ImportSummary = {
    mails: posted.length,
    stored: 0,
    duplicate: 0,
    ignored: emptyGroup(),
    deadLettered: emptyGroup(),
    refused: emptyGroup(),
    pending: emptyGroup(),
  };
  for (const { name, result } of posted) {
    const { row, reason } = endingOf(result, outcomes);
    if (row === 'stored' || row === 'duplicate') {
      summary[row] += 1;
      continue;
    }
    summary[row].count += 1;
    (summary[row].byReason[reason] ??= []).push(name);
  }
  return summary;
}

/** Whether every mail is in exactly one row. */
export function summaryAddsUp(summary: ImportSummary): boolean {
  const { mails, stored, duplicate, ignored, deadLettered, refused, pending } = summary;
  return mails === stored + duplicate + ignored.count + deadLettered.count + refused.count + pending.count;
}

/** The summary as a table. */
export function summaryRows(summary: ImportSummary): TableRow[] {
  return [
    { label: 'Mails', value: summary.mails },
    { label: 'Stored', value: summary.stored },
    { label: 'Duplicate', value: summary.duplicate },
    ...groupRows('Ignored', summary.ignored),
    ...groupRows('Dead-lettered', summary.deadLettered),
    ...groupRows('Refused', summary.refused),
    ...groupRows('Pending', summary.pending),
  ];
}

const emptyGroup = (): Group => ({ count: 0, byReason: {} });

const namesShown = 10;

function groupRows(label: string, { count, byReason }: Group): TableRow[] {
  const reasons = Object.entries(byReason).map(([reason, names]) => {
    const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
    return {
      label: reason,
      value: names.length,
      detail: names.slice(0, namesShown).join(', ') + more,
      indent: true,
    };
  });
  return [{ label, value: count }, ...reasons];
}

function endingOf(result: PostedMail['result'], outcomes: ReadonlyMap<string, Outcomes>): Ending {
  switch (result.ended) {
    case 'accepted':
      return endingOfItems(outcomes.get(result.deliveryId) ?? null);
    case 'refused':
      return { row: 'refused', reason: `${result.status} ${result.code}` };
    case 'unreachable':
      return { row: 'refused', reason: `no answer (${result.message})` };
    case 'too_large':
      return { row: 'refused', reason: 'too large to send' };
  }
}

/** A raw mail is one item; should a delivery hold several, the mail counts by the one that needs attention most. */
function endingOfItems(items: Outcomes): Ending {
  if (items === null || items.length === 0) return { row: 'pending', reason: 'waiting for the resolver' };
  const find = (outcome: string) => items.find((item) => item.outcome === outcome);
  const deadLettered = find('dead_lettered');
  if (deadLettered !== undefined) return { row: 'deadLettered', reason: deadLettered.reason ?? 'unknown' };
  if (find('stored') !== undefined) return { row: 'stored', reason: '' };
  if (find('duplicate') !== undefined) return { row: 'duplicate', reason: '' };
  return { row: 'ignored', reason: find('ignored')?.reason ?? 'unknown' };
}
