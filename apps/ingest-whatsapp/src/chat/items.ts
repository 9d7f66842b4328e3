/* What is told of a thing in a body that is no message; details hold names of events only, never what somebody wrote. */
import type { IgnoredReason } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import type { ParsedItem } from '@kith/ingest/provider';

/** A thing that is accounted for, and nothing else. */
export function ignored(reason: IgnoredReason, detail: string): ParsedItem {
  return { kind: 'ignored', reason, detail: cleanText(detail, 300) };
}

/** A body that is not of the provider at all. */
export function notOfProvider(detail: string): ParsedItem {
  return { kind: 'unreadable', reason: 'not_a_message', detail };
}
