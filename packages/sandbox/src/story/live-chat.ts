/*
 * What happens next in a chat while the demo runs: somebody writes, quotes or answers with a tap, and what the company
 * wrote is delivered and read.
 */
import { randomUUID } from 'node:crypto';
import type { ChatEvent, ChatMessage } from '../chat/chat.ts';
import type { Random } from '../random.ts';
import { type DemoChat, messagesOf } from './demo-chat.ts';
import { liveChatLines, liveReactions } from './live-lines.ts';

const recentMs = 60 * 60_000;

/** Something new in a chat, as of now. */
export function nextInChat(random: Random, demo: DemoChat): ChatEvent {
  const last = messagesOf(demo).at(-1);
  const isOursLast = last?.from === null;
  if (last !== undefined && isRecent(last) && random.chance(0.3)) return reactionTo(random, last);
  const from = random.chance(isOursLast ? 0.8 : 0.3) ? random.pick(demo.chat.people) : null;
  return {
    kind: 'message',
    id: randomUUID(),
    chat: demo.chat,
    at: new Date().toISOString(),
    from,
    content: { type: 'text', text: random.pick(liveChatLines[from === null ? 'team' : 'contact']) },
    ...(last !== undefined && random.chance(0.2) ? { repliesTo: last } : {}),
  };
}

/** What follows when `event` was told: a message of the company's reaches everybody in the chat, and is read. */
export function followUps({ account }: DemoChat, event: ChatEvent): ChatEvent[] {
  if (event.kind !== 'message' || event.from !== null) return [];
  const at = new Date().toISOString();
  return event.chat.people.flatMap((to): ChatEvent[] => [
    ...(account !== 'linkedin'
      ? ([{ kind: 'status', message: event, status: 'delivered', at, to }] satisfies ChatEvent[])
      : []),
    { kind: 'status', message: event, status: 'read', at, to },
  ]);
}

/** Nobody taps on what was said long ago. */
const isRecent = ({ at }: ChatMessage): boolean => Date.now() - Date.parse(at) < recentMs;

function reactionTo(random: Random, message: ChatMessage): ChatEvent {
  return {
    kind: 'reaction',
    id: randomUUID(),
    message,
    from: message.from === null ? random.pick(message.chat.people) : null,
    emoji: random.pick(liveReactions),
    at: new Date().toISOString(),
  };
}
