import type { Message } from '@kith/client';
import { expect, test } from 'vitest';
import { type MessagePage, type MessagePages, type Way, withMessages } from './message-window.ts';

const message = (id: string, minute: number, text = id): Message => ({
  id,
  conversationId: 'c',
  channel: 'email',
  direction: 'inbound',
  sentAt: `2026-11-26T10:${String(minute).padStart(2, '0')}:00.000Z`,
  subject: null,
  text,
  newText: text,
  sender: { participantId: 'p', displayName: null, identifier: null },
  attachments: [],
  status: null,
  reactions: [],
  repliesTo: null,
  marks: [],
});

const older: Way = { order: 'newest', cursor: 'a' };
const newer: Way = { order: 'oldest', cursor: 'b' };

const loaded = (ends: Partial<Pick<MessagePage, 'older' | 'newer'>> = {}): MessagePages => ({
  pages: [
    { items: [message('b', 10), message('d', 20)], older: ends.older ?? null, newer: null },
    { items: [message('f', 30)], older: null, newer: ends.newer ?? null },
  ],
  pageParams: [null, null],
});

const idsOf = ({ pages }: MessagePages) => pages.map(({ items }) => items.map(({ id }) => id).join(''));

test.each([
  ['before all', message('a', 5), ['abd', 'f']],
  ['between two', message('c', 15), ['bcd', 'f']],
  ['between two pages', message('e', 25), ['bd', 'ef']],
  ['after all', message('g', 35), ['bd', 'fg']],
  ['at the same time, by its id', message('c', 20), ['bcd', 'f']],
])('a message that is new is put %s', (_, fresh, ids) => {
  expect(idsOf(withMessages(loaded(), [fresh]))).toEqual(ids);
});

test('a message that changed takes its own place', () => {
  const { pages } = withMessages(loaded(), [message('d', 20, 'edited')]);
  expect(pages[0]?.items.map(({ text }) => text)).toEqual(['b', 'edited']);
});

test('what lies beyond an end that is not reached yet comes when it is', () => {
  expect(idsOf(withMessages(loaded({ older }), [message('a', 5)]))).toEqual(['bd', 'f']);
  expect(idsOf(withMessages(loaded({ newer }), [message('g', 35)]))).toEqual(['bd', 'f']);
  expect(idsOf(withMessages(loaded({ older, newer }), [message('c', 15)]))).toEqual(['bcd', 'f']);
});

test('the first message of an empty conversation is shown', () => {
  const empty: MessagePages = { pages: [{ items: [], older: null, newer: null }], pageParams: [null] };
  expect(idsOf(withMessages(empty, [message('a', 1)]))).toEqual(['a']);
});
