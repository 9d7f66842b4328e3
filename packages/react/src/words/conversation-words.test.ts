import type { Conversation, Participant } from '@kith/client';
import { expect, test } from 'vitest';
import { conversationTitle, othersInWords } from './conversation-words.ts';

const named = (displayName: string | null, status: Participant['status'] = 'linked'): Participant => ({
  id: displayName ?? 'x',
  channel: 'email',
  identifier: 'x@example.com',
  displayName,
  recordId: null,
  status,
  confidence: null,
  method: null,
  resolvedAt: null,
  nature: 'person',
  contested: false,
});

const chat: Conversation = {
  id: 'c',
  channel: 'whatsapp',
  kind: 'direct',
  subject: null,
  lastMessageAt: '2026-11-22T14:05:09.000Z',
  messageCount: 2,
  preview: '',
  participants: [named('Ana'), named('Support', 'internal')],
  participantCount: 2,
};

test('the others are named without the team, and counted where they are many', () => {
  const people = [named('Support', 'internal'), ...['Ana', 'Bo', 'Cy', 'Di'].map((name) => named(name))];
  expect(othersInWords(people, people.length)).toBe('Ana, Bo, Cy and 1 more');
  expect(othersInWords(people, 60)).toBe('Ana, Bo, Cy and 56 more');
  expect(othersInWords([named(null)], 1)).toBe('x@example.com');
});

test('a team among itself is named all the same', () => {
  expect(othersInWords([named('Jo', 'internal'), named('Max', 'internal')], 2)).toBe('Jo, Max');
});

test('a thread is called by its subject, a chat by where and with whom it is', () => {
  expect(conversationTitle(chat)).toBe('WhatsApp with Ana');
  expect(conversationTitle({ ...chat, kind: 'group' })).toBe('Group with Ana');
  expect(conversationTitle({ ...chat, kind: 'group', subject: 'Launch' })).toBe('Launch');
  expect(conversationTitle({ ...chat, channel: 'email', subject: 'Offer' })).toBe('Offer');
  expect(conversationTitle({ ...chat, channel: 'email', subject: ' ' })).toBe('(no subject)');
});
