import type { Message } from '@kith/client';
import { expect, test } from 'vitest';
import { readingRows } from './reading-rows.ts';

const message = (id: string, participantId: string | null, sentAt: string): Message => ({
  id,
  conversationId: 'c',
  channel: 'whatsapp',
  direction: 'inbound',
  sentAt: new Date(sentAt).toISOString(),
  subject: null,
  text: id,
  newText: id,
  sender: { participantId, displayName: null, identifier: null },
  attachments: [],
  status: null,
  reactions: [],
  repliesTo: null,
  marks: [],
});

test('a chat is cut into days, and who speaks is told once for what is said in one go', () => {
  const rows = readingRows(
    [
      message('one', 'ana', '2026-11-25T10:00'),
      message('two', 'ana', '2026-11-25T10:05'),
      message('later', 'ana', '2026-11-25T10:30'),
      message('other', 'bruno', '2026-11-25T10:31'),
      message('next day', 'bruno', '2026-11-26T00:01'),
    ],
    'whatsapp',
  );
  const inWords = rows.map((row) =>
    row.kind === 'day'
      ? 'day'
      : `${row.isFirstOfGroup ? '> ' : ''}${row.key}${row.isLastOfGroup ? ' <' : ''}`,
  );
  expect(inWords).toEqual(['day', '> one', 'two <', '> later <', '> other <', 'day', '> next day <']);
});

test('messages that name nobody are not taken for one person’s', () => {
  const rows = readingRows(
    [message('a', null, '2026-11-25T10:00'), message('b', null, '2026-11-25T10:01')],
    'linkedin',
  );
  expect(rows.filter((row) => row.kind === 'message' && row.isFirstOfGroup)).toHaveLength(2);
});

test('each mail stands for itself', () => {
  const mails = [message('a', 'ana', '2026-11-25T10:00'), message('b', 'ana', '2026-11-26T10:01')];
  expect(readingRows(mails, 'email').map(({ kind }) => kind)).toEqual(['message', 'message']);
});
