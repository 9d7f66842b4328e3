/*
 * The chats of the demo workspace: conversations on WhatsApp and LinkedIn in the same 120 days as the mails, with many
 * of the same people.
 *
 * Included on purpose: people on all three channels, a person without a number, a group, somebody who is nobody's
 * record, what was said before the number was connected, and, with the one whom everybody looks at, what was said long
 * before any account was.
 */
import type { ChatPerson } from '../chat/chat.ts';
import type { Mailbox } from '../mail/mail.ts';
import { createRandom, type Random } from '../random.ts';
import { chatPersonOf, inGroup, onLinkedin, onWhatsapp, recruiter, usernameOnly } from './chat-people.ts';
import type { ChatTopic } from './chat-topic.ts';
import { type ChatPace, type DemoChat, tellTopic } from './demo-chat.ts';
import { groupTopic } from './group-topic.ts';
import { linkedinTopics, recruiterTopic } from './linkedin-topics.ts';
import { type Person, shownRecordId, team } from './people.ts';
import { chooseSlots } from './thread.ts';
import { earlierTopic, usernameTopic, whatsappTopics } from './whatsapp-topics.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** When the WhatsApp number was connected, in days before the anchor. */
export const connectedDaysAgo = 110;
const whatsappPace: ChatPace = {
  answerMinutes: { min: 1, max: 35 },
  readMinutes: { min: 1, max: 20 },
};
const linkedinPace: ChatPace = {
  answerMinutes: { min: 20, max: 30 * 60 },
  readMinutes: { min: 5, max: 8 * 60 },
};

/** The chats as they stand at `anchor`, a midnight in ISO 8601. */
export function demoChats(anchor: string): DemoChat[] {
  const anchorMs = Date.parse(anchor);
  return [...whatsappChats(anchorMs), ...linkedinChats(anchorMs)]
    .map((demo) => ({ ...demo, events: demo.events.filter(({ at }) => at <= anchor) }))
    .filter(({ events }) => events.length > 0);
}

function whatsappChats(anchorMs: number): DemoChat[] {
  const random = createRandom(417);
  const agent = team.nora;
  const direct = onWhatsapp.map((person, index) => {
    const account = isShown(person) ? 'noraWhatsapp' : 'whatsapp';
    const demo = openChat(account, `w${person.recordId}`, [chatPersonOf(person)]);
    const shared = hasEarlier.has(person.recordId) ? [{ topic: earlierTopic, daysAgo: 118 }] : [];
    const old = isShown(person) ? [{ topic: earlierTopic, daysAgo: 301 }] : [];
    const topics = chooseTopics(random, { topics: whatsappTopics, person, index });
    tell(random, demo, { told: [...old, ...shared, ...topics], anchorMs, person, agent, pace: whatsappPace });
    return demo;
  });
  const unnamed = openChat('whatsapp', 'w-camille', [usernameOnly]);
  tell(random, unnamed, {
    told: [{ topic: usernameTopic, daysAgo: 6 }],
    anchorMs,
    agent,
    pace: whatsappPace,
  });
  const group = openChat('noraWhatsapp', 'w-peak-season', inGroup.map(chatPersonOf));
  tell(random, group, { told: [{ topic: groupTopic, daysAgo: 17 }], anchorMs, agent, pace: whatsappPace });
  return [...direct, unnamed, group];
}

function linkedinChats(anchorMs: number): DemoChat[] {
  const random = createRandom(2003);
  const agent = team.jo;
  const known = onLinkedin.map((person, index) => {
    const contact = chatPersonOf(person);
    const demo = openChat('linkedin', `l${person.recordId}`, [contact]);
    const [oldTopic] = linkedinTopics;
    const old = isShown(person) && oldTopic !== undefined ? [{ topic: oldTopic, daysAgo: 214 }] : [];
    const told = [...old, ...chooseTopics(random, { topics: linkedinTopics, person, index })];
    const [first] = told;
    if (index % 3 === 0 && first !== undefined) {
      const at = new Date(anchorMs - first.daysAgo * dayMs - 90 * minuteMs).toISOString();
      demo.events.push({ kind: 'contact', id: `${demo.chat.id}.contact`, person: contact, at });
    }
    tell(random, demo, { told, anchorMs, person, agent, pace: linkedinPace });
    return demo;
  });
  const stranger = openChat('linkedin', 'l-devon', [recruiter]);
  tell(random, stranger, {
    told: [{ topic: recruiterTopic, daysAgo: 9 }],
    anchorMs,
    agent,
    pace: linkedinPace,
  });
  return [...known, stranger];
}

/** The record that everybody looks at. */
const isShown = ({ recordId }: Person): boolean => recordId === shownRecordId;

/** Whose first words are older than the account. */
const hasEarlier = new Set(['64', '72', '121']);

interface DatedTopic {
  topic: ChatTopic;
  daysAgo: number;
}

function openChat(account: DemoChat['account'], id: string, people: readonly ChatPerson[]): DemoChat {
  const [first, ...others] = people;
  if (first === undefined) throw new RangeError('a chat is with somebody');
  const kind = others.length === 0 ? 'direct' : 'group';
  return { account, chat: { id, kind, people: [first, ...others] }, events: [] };
}

/** One topic, sometimes two, each in its turn and never the same twice; the one whose record everybody looks at has three. */
function chooseTopics(
  random: Random,
  { topics, person, index }: { topics: readonly ChatTopic[]; person: Person; index: number },
): DatedTopic[] {
  const count = isShown(person) ? 3 : random.chance(0.05) ? 2 : 1;
  const days = isShown(person)
    ? [64, 15, 2]
    : Array.from({ length: count }, () => random.int(2, connectedDaysAgo - 4)).toSorted((a, b) => b - a);
  return days.flatMap((daysAgo, further) => {
    const topic = topics[(index + further) % topics.length];
    return topic === undefined ? [] : [{ topic, daysAgo }];
  });
}

function tell(
  random: Random,
  demo: DemoChat,
  told: { told: readonly DatedTopic[]; anchorMs: number; person?: Person; agent: Mailbox; pace: ChatPace },
): void {
  let endedMs = 0;
  for (const { topic, daysAgo } of told.told) {
    const person = told.person ?? { company: 'your company' };
    const slots = chooseSlots(random, { person, agent: told.agent });
    const startMs = told.anchorMs - daysAgo * dayMs + random.int(0, 9 * 60) * minuteMs;
    endedMs = tellTopic(random, demo, { topic, startMs: Math.max(startMs, endedMs), slots, pace: told.pace });
  }
}
