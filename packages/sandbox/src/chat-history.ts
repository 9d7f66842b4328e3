/*
 * The chats of the demo workspace as deliveries to its two accounts of chats.
 *
 * Everything but the times is the same on every run, ids included. What is older than the WhatsApp account comes as the
 * history that a number shares when it is connected; steps of one message that follow each other closely come together.
 */
import type { ChatEvent, ChatMessage } from './chat/chat.ts';
import type { MetaHistory } from './senders/meta.ts';
import { type DemoChat, messagesOf } from './story/demo-chat.ts';
import { historyDays } from './history.ts';
import { connectedDaysAgo, demoChats } from './story/told-chats.ts';

/** Something on its way to an account of chats: events that are told together, or a piece of history. */
export type ChatDelivery =
  | { account: 'whatsapp'; at: string; events: readonly [ChatEvent, ...ChatEvent[]] }
  | { account: 'whatsapp'; at: string; history: MetaHistory }
  | { account: 'noraWhatsapp' | 'linkedin'; at: string; event: ChatEvent };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** All deliveries of the chats' history, oldest first; nothing in them is newer than `anchor`. */
export function demoChatDeliveries(anchor: string): ChatDelivery[] {
  const connectedAt = new Date(Date.parse(anchor) - connectedDaysAgo * dayMs).toISOString();
  const beganAt = new Date(Date.parse(anchor) - historyDays * dayMs).toISOString();
  const chats = demoChats(anchor);
  const told = chats.flatMap(({ account, events }): ChatDelivery[] => {
    const since = events.filter(({ at }) => at >= (account === 'whatsapp' ? connectedAt : beganAt));
    if (account !== 'whatsapp') {
      const shown = account === 'linkedin' ? since.filter(isTold) : since;
      return shown.map((event) => ({ account, at: event.at, event }));
    }
    return together(since).map((group) => ({ account, at: group[0].at, events: group }));
  });
  return [...told, sharedHistory(chats, connectedAt)].toSorted((a, b) => a.at.localeCompare(b.at));
}

/** How many items a delivery holds; each of them is accounted for. */
export function itemsInChatDelivery(delivery: ChatDelivery): number {
  if ('history' in delivery) return delivery.history.threads.reduce((sum, thread) => sum + thread.length, 0);
  return 'events' in delivery ? delivery.events.length : 1;
}

/** LinkedIn tells that a message was read, nothing before that, and it only of those who let it. */
const isTold = (event: ChatEvent): boolean =>
  event.kind !== 'status' || (event.status === 'read' && (event.to.member ?? 0) % 2 === 0);

/** Meta tells steps of one message together that follow each other closely. */
function together(events: readonly ChatEvent[]): [ChatEvent, ...ChatEvent[]][] {
  const groups: [ChatEvent, ...ChatEvent[]][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    if (group !== undefined && belongTogether(group[0], event)) group.push(event);
    else groups.push([event]);
  }
  return groups;
}

function belongTogether(first: ChatEvent, next: ChatEvent): boolean {
  if (first.kind !== 'status' || next.kind !== 'status' || first.message !== next.message) return false;
  const isGroup = first.message.chat.kind === 'group';
  return isGroup || Date.parse(next.at) - Date.parse(first.at) < 25 * minuteMs;
}

/** What was written before the number was connected. */
function sharedHistory(chats: readonly DemoChat[], connectedAt: string): ChatDelivery {
  const threads = chats
    .filter(({ account }) => account === 'whatsapp')
    .flatMap((demo): [ChatMessage, ...ChatMessage[]][] => {
      const [first, ...others] = messagesOf(demo).filter(({ at }) => at < connectedAt);
      return first === undefined ? [] : [[first, ...others]];
    });
  const history: MetaHistory = { phase: 1, chunkOrder: 1, progress: 100, threads };
  return { account: 'whatsapp', at: connectedAt, history };
}
