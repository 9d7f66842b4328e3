/*
 * What has to be read again after something happened to a record, and no more: messages by their ids where these say
 * it all, the newest page after the subscription began, everything that is loaded where nothing tells what changed.
 */
import type { Message } from '@kith/client';
import { type Happening } from './follow-record.ts';
import { mergeNewest, type MessageWindow, takeIn } from './message-window.ts';
import { readNewest, type TimelineFilter, type TimelineSource } from './timeline-reads.ts';

/** What to read. */
export type Plan = { kind: 'all' } | { kind: 'some'; messageIds: string[]; readsNewest: boolean };

/** `messages.get` takes no more. */
const idsMax = 100;

/** Decides what to read for what happened, given what is loaded and shown. */
export function planRefresh(
  happenings: readonly Happening[],
  { window, filter }: { window: MessageWindow; filter: TimelineFilter },
): Plan {
  const loaded = new Set(window.items.map(({ id }) => id));
  const ids = new Set<string>();
  for (const { reason, messageId } of happenings) {
    if (reason === 'start') continue;
    if (reason !== 'message' && reason !== 'changed') return { kind: 'all' };
    if (messageId === undefined) return { kind: 'all' };
    if (loaded.has(messageId)) ids.add(messageId);
    else if (reason === 'message') {
      // A message does not tell who takes part in its conversation.
      if (filter.participantIds.length > 0) return { kind: 'all' };
      ids.add(messageId);
    }
  }
  if (ids.size > idsMax) return { kind: 'all' };
  return {
    kind: 'some',
    messageIds: [...ids],
    readsNewest: happenings.some(({ reason }) => reason === 'start'),
  };
}

/** What was read by a plan: how it changes a window, and the messages that lie in front of it. */
export interface Refreshed {
  putInto: (window: MessageWindow) => MessageWindow;
  messages: readonly Message[];
}

/** Reads what a plan names. */
export async function readSome(
  source: TimelineSource,
  { messageIds, readsNewest }: Extract<Plan, { kind: 'some' }>,
): Promise<Refreshed> {
  const { read, signal, filter } = source;
  const options = signal === undefined ? {} : { signal };
  const [{ items }, newest] = await Promise.all([
    messageIds.length === 0 ? { items: [] } : read.messages.get.query({ messageIds }, options),
    readsNewest ? readNewest(source) : null,
  ]);
  const found = new Set(items.map(({ id }) => id));
  const goneIds = new Set(messageIds.filter((id) => !found.has(id)));
  const messages = items.filter(
    ({ channel }) => filter.channels.length === 0 || filter.channels.includes(channel),
  );
  return {
    putInto: (window) =>
      takeIn(newest === null ? window : mergeNewest(window, newest), { messages, goneIds }),
    messages,
  };
}
