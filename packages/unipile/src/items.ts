/* The items that say why there is nothing to store, and what every item reads of an event's times. */
import type { IgnoredReason } from '@kith/contracts';
import { field, instantOf, instantOfSeconds } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import type { UnipileEvent } from './events.ts';

/** An event of which nothing is kept. The detail names the event and the cause, never anybody. */
export function ignored(event: UnipileEvent, reason: IgnoredReason, cause?: string): ParsedItem {
  const detail = `Unipile event "${event.event}"${cause === undefined ? '' : `: ${cause}`}`;
  return { kind: 'ignored', reason, detail: detail.slice(0, 300) };
}

/** An event that lacks what would make it one of its kind. */
export function unreadable(event: UnipileEvent, cause: string): ParsedItem {
  const detail = `Unipile event "${event.event}": ${cause}`.slice(0, 300);
  return { kind: 'unreadable', reason: 'not_a_message', detail };
}

/** The first instant among the payload's fields of these names. */
export function instantIn(payload: unknown, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = field(payload, key);
    const at = instantOf(value) ?? instantOfSeconds(value);
    if (at !== null) return at;
  }
  return null;
}

/** When something happened to a message. v2's `timestamp` is when the message was sent. */
export function happenedAt(
  { version, payload, createdAt }: UnipileEvent,
  ...keys: readonly string[]
): string | null {
  const told = instantIn(payload, ...keys);
  return told ?? (version === 'v1' ? instantIn(payload, 'timestamp') : createdAt);
}
