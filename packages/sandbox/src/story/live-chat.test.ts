import { expect, test } from 'vitest';
import { ana, group, messageOf, withAna } from '../../test/chats.ts';
import { createRandom } from '../random.ts';
import type { DemoChat } from './demo-chat.ts';
import { followUps, nextInChat } from './live-chat.ts';

const chatWith = (events: DemoChat['events'], account: DemoChat['account'] = 'whatsapp'): DemoChat => ({
  account,
  chat: withAna,
  events,
});

test('what comes next is new each time, and from somebody in the chat or the company', () => {
  const random = createRandom(1);
  const next = Array.from({ length: 200 }, () => nextInChat(random, chatWith([messageOf()])));
  const messages = next.filter((event) => event.kind === 'message');
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  expect(new Set(messages.map(({ from }) => from))).toEqual(new Set([ana, null]));
  expect(messages.some(({ repliesTo }) => repliesTo !== undefined)).toBe(true);
});

test('people tap on what the other side said a moment ago, and on nothing old', () => {
  const random = createRandom(1);
  const reactionsTo = (at: string) =>
    Array.from({ length: 100 }, () => nextInChat(random, chatWith([messageOf({ at })]))).filter(
      (event) => event.kind === 'reaction',
    );
  expect(reactionsTo('2026-01-01T00:00:00.000Z')).toEqual([]);
  const recent = reactionsTo(new Date().toISOString());
  expect(recent.length).toBeGreaterThan(5);
  expect(recent.every(({ from }) => from === null)).toBe(true);
});

test("the company's messages are delivered and read by everybody, others' are not followed by anything", () => {
  const ours = messageOf({ chat: group, from: null });
  expect(followUps(chatWith([]), messageOf())).toEqual([]);
  expect(followUps(chatWith([]), ours)).toMatchObject([
    { kind: 'status', status: 'delivered', to: { name: 'Ana Lima' } },
    { kind: 'status', status: 'read', to: { name: 'Ana Lima' } },
    { kind: 'status', status: 'delivered', to: { name: 'Bob Reis' } },
    { kind: 'status', status: 'read', to: { name: 'Bob Reis' } },
  ]);
  const onLinkedin = followUps(chatWith([], 'linkedin'), messageOf({ from: null }));
  expect(onLinkedin).toMatchObject([{ status: 'read' }]);
});
