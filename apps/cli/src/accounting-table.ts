import type { Accounting } from '@kith/client';
import type { TableRow } from './terminal.ts';

/** Invariant 2: accepted = stored + duplicate + ignored + dead-lettered, beside what is still pending. */
export function addsUp(accounting: Accounting): boolean {
  const { accepted, stored, duplicate, ignored, deadLettered, pending } = accounting;
  return accepted === stored + duplicate + ignored + deadLettered + pending;
}

/** The accounting as a table, reasons below what they explain. */
export function accountingRows(accounting: Accounting): TableRow[] {
  return [
    { label: 'Accepted', value: accounting.accepted },
    { label: 'Stored', value: accounting.stored },
    { label: 'Duplicate', value: accounting.duplicate },
    { label: 'Ignored', value: accounting.ignored },
    ...reasonRows(accounting.ignoredByReason),
    { label: 'Dead-lettered', value: accounting.deadLettered },
    ...reasonRows(accounting.deadLetteredByReason),
    { label: 'Pending', value: accounting.pending },
  ];
}

const reasonRows = (reasons: Record<string, number>): TableRow[] =>
  Object.entries(reasons).map(([label, value]) => ({ label, value, indent: true }));
