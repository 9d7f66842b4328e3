/*
 * A conversation in a chat, told from topics: what is written, answered with a tap, edited and taken back, and how far
 * the company's own messages came. All choices are made by `random`; ids are the chat's with a number.
 */
import type { Chat, ChatContent, ChatEvent, ChatFile, ChatMessage, ChatPerson } from '../chat/chat.ts';
import type { MailAttachment } from '../mail/mail.ts';
import type { Random } from '../random.ts';
import type { ChatTopic, ChatTurn } from './chat-topic.ts';
import { jpegFile } from './jpeg-file.ts';
import { officeHours } from './thread.ts';
import { fillIn } from './topic.ts';
import { turnFiles } from './turn-files.ts';
import { voiceFile } from './voice-file.ts';

/** Through which account a chat is told: the company's number at Meta, or Nora's phone or Jo's profile at Unipile. */
export type ChatAccount = 'whatsapp' | 'noraWhatsapp' | 'linkedin';

/** A chat of the demo, with everything that happened in it, oldest first. */
export interface DemoChat {
  account: ChatAccount;
  chat: Chat;
  events: ChatEvent[];
}

/** How quickly people answer, in minutes, and how soon they read. */
export interface ChatPace {
  answerMinutes: { min: number; max: number };
  readMinutes: { min: number; max: number };
}

/** A topic, from when on, and the words for its braces. */
export interface ToldTopic {
  topic: ChatTopic;
  startMs: number;
  slots: Record<string, string>;
  pace: ChatPace;
}

const minuteMs = 60_000;

/** Tells one more topic in a chat; answers when it ended. */
export function tellTopic(random: Random, demo: DemoChat, told: ToldTopic): number {
  const { topic, slots, pace } = told;
  const way = random.int(0, 1);
  let timeMs = officeHours(told.startMs);
  for (const turn of topic) {
    const message = writeTurn(random, demo, { turn, timeMs, slots, way });
    demo.events.push(message, ...whatBecomesOf(random, demo, { message, turn, slots, way, pace }));
    timeMs = officeHours(timeMs + random.int(pace.answerMinutes.min, pace.answerMinutes.max) * minuteMs);
  }
  return timeMs;
}

/** All messages of a chat so far. */
export const messagesOf = ({ events }: DemoChat): ChatMessage[] =>
  events.filter((event) => event.kind === 'message');

interface Written {
  turn: ChatTurn;
  timeMs: number;
  slots: Record<string, string>;
  /** In which of its ways the topic is told. */
  way: number;
}

const inWay = ([only, ...others]: [string, ...string[]], way: number): string =>
  [only, ...others][way] ?? only;

function writeTurn(random: Random, demo: DemoChat, { turn, timeMs, slots, way }: Written): ChatMessage {
  const messages = messagesOf(demo);
  const id = `${demo.chat.id}.${messages.length + 1}`;
  const repliesTo = turn.quotes === undefined ? undefined : messages.at(-turn.quotes);
  const text = fillIn(inWay(turn.says, way), slots);
  return {
    kind: 'message',
    id,
    chat: demo.chat,
    at: new Date(timeMs).toISOString(),
    from: turn.by === 'team' ? null : random.pick(demo.chat.people),
    content: contentOf(random, turn, { id, text, slots }),
    ...(repliesTo === undefined ? {} : { repliesTo }),
  };
}

function contentOf(
  random: Random,
  turn: ChatTurn,
  { id, text, slots }: { id: string; text: string; slots: Record<string, string> },
): ChatContent {
  if (turn.photo !== undefined) {
    return { type: 'file', file: toFile(id, 'image', jpegFile(turn.photo, random)), caption: text };
  }
  if (turn.voice !== undefined)
    return { type: 'file', file: toFile(id, 'voice', voiceFile('voice.ogg', turn.voice)) };
  if (turn.file !== undefined) {
    return { type: 'file', file: toFile(id, 'document', turnFiles[turn.file](slots)), caption: text };
  }
  if (turn.place === true) return placeNear(random, slots['depot'] ?? '', text);
  if (turn.choice === true) return { type: 'choice', of: 'button', id: `slot-${id}`, title: text };
  return { type: 'text', text };
}

const places: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  Leeds: [53.797, -1.548],
  Gdańsk: [54.352, 18.647],
  Malmö: [55.605, 13.002],
  Porto: [41.149, -8.61],
  Łódź: [51.773, 19.457],
  Rotterdam: [51.923, 4.479],
  Besançon: [47.238, 6.024],
  Düren: [50.803, 6.483],
};

function placeNear(random: Random, town: string, name: string): ChatContent {
  const [latitude, longitude] = places[town] ?? [52.52, 13.405];
  const moved = (degrees: number): number => Number((degrees + random.int(-900, 900) / 1e5).toFixed(5));
  return { type: 'location', latitude: moved(latitude), longitude: moved(longitude), name, address: town };
}

const toFile = (id: string, kind: ChatFile['kind'], { name, type, content }: MailAttachment): ChatFile => ({
  id: `${id}.file`,
  kind,
  name,
  type,
  content,
});

function whatBecomesOf(
  random: Random,
  { chat }: DemoChat,
  told: { message: ChatMessage; turn: ChatTurn; slots: Record<string, string>; way: number; pace: ChatPace },
): ChatEvent[] {
  const { message, turn, slots, way, pace } = told;
  const sentMs = Date.parse(message.at);
  const after = (minMinutes: number, maxMinutes: number): string =>
    new Date(sentMs + random.int(minMinutes * 60, maxMinutes * 60) * 1000).toISOString();
  const events: ChatEvent[] = [];
  if (message.from === null) {
    for (const to of chat.people) {
      events.push({ kind: 'status', message, status: 'delivered', at: after(0, 1), to });
      events.push({
        kind: 'status',
        message,
        status: 'read',
        at: after(pace.readMinutes.min, pace.readMinutes.max),
        to,
      });
    }
  }
  if (turn.reaction !== undefined) {
    const from: ChatPerson | null = message.from === null ? random.pick(chat.people) : null;
    const at = after(pace.readMinutes.min, pace.readMinutes.max);
    events.push({ kind: 'reaction', id: `${message.id}.reaction`, message, from, emoji: turn.reaction, at });
  }
  if (turn.edited !== undefined) {
    const text = fillIn(inWay(turn.edited, way), slots);
    events.push({ kind: 'edit', id: `${message.id}.edit`, message, text, at: after(1, 3) });
  }
  if (turn.deleted === true) {
    events.push({ kind: 'deletion', id: `${message.id}.deletion`, message, at: after(1, 3) });
  }
  return events;
}
