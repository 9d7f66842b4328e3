import { expect, test } from 'vitest';
import { conversationTitle, messagesInWords, recipientsInWords } from './conversation-words.ts';

const person = (displayName: string | null, status: 'linked' | 'internal' = 'linked') => ({
  id: '1',
  channel: 'whatsapp' as const,
  identifier: '+351912345678',
  displayName,
  recordId: null,
  status,
  confidence: null,
  method: null,
  resolvedAt: null,
  nature: 'person' as const,
  contested: false,
});

test('a conversation is known by its subject, else by with whom it is', () => {
  const chat = { channel: 'whatsapp', kind: 'direct', subject: null } as const;
  expect(conversationTitle({ ...chat, subject: 'Offer', participants: [] })).toBe('Offer');
  expect(
    conversationTitle({ ...chat, participants: [person('Sales', 'internal'), person('Ana'), person(null)] }),
  ).toBe('Ana, +351912345678');
  expect(conversationTitle({ ...chat, kind: 'group', participants: [] })).toBe('Group chat');
  expect(conversationTitle({ ...chat, channel: 'email', participants: [person('Ana')] })).toBe(
    '(no subject)',
  );
});

test('a mail’s recipients stand in the order to, cc, bcc', () => {
  const named = (role: 'from' | 'to' | 'cc', displayName: string) => ({ role, displayName, identifier: '' });
  expect(
    recipientsInWords([
      named('cc', 'Bruno'),
      named('from', 'Ana'),
      named('to', 'Support'),
      named('to', 'Duarte'),
    ]),
  ).toBe('to Support, Duarte; cc Bruno');
});

test('one message is not several', () => {
  expect([1, 1204].map(messagesInWords)).toEqual(['1 message', '1,204 messages']);
});
