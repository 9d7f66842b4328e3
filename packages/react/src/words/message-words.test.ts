import { expect, test } from 'vitest';
import { deliveryInWords, fileInWords, firstWords, groupReactions, restBelow } from './message-words.ts';

test('a message of ours tells how far it has come, another that it was received', () => {
  expect(deliveryInWords({ direction: 'inbound', status: null })).toBe('received');
  expect(deliveryInWords({ direction: 'outbound', status: null })).toBe('sent');
  expect(deliveryInWords({ direction: 'outbound', status: 'read' })).toBe('sent, read');
  expect(deliveryInWords({ direction: 'outbound', status: 'failed' })).toBe('not delivered');
});

test('a file tells its size, that it is being fetched, or why it cannot be had', () => {
  expect(fileInWords({ size: 48_213, state: 'stored' })).toBe('48 kB');
  expect(fileInWords({ size: 0, state: 'pending' })).toBe('being fetched');
  expect(fileInWords({ size: 48_213, state: 'pending' })).toBe('48 kB, being fetched');
  expect(fileInWords({ size: 0, state: 'unavailable', failure: 'not_found' })).toBe(
    'unavailable: the provider no longer has it',
  );
  expect(fileInWords({ size: 0, state: 'unavailable' })).toBe('unavailable');
});

test('reactions are counted by emoji, with the names of who reacted', () => {
  const reaction = (emoji: string, displayName: string | null, identifier: string) => ({
    emoji,
    displayName,
    identifier,
    participantId: identifier,
    at: '2026-11-22T10:00:00.000Z',
  });
  const reactions = [reaction('👍', 'Ana', '+1'), reaction('❤️', 'Bo', '+2'), reaction('👍', null, '+3')];
  expect(groupReactions(reactions)).toEqual([
    { emoji: '👍', names: ['Ana', '+3'] },
    { emoji: '❤️', names: ['Bo'] },
  ]);
});

test('a message is known by its first words, else by its file', () => {
  const file = { id: 'a', name: 'offer.pdf', type: 'a/b', size: 1, state: 'stored', inline: false } as const;
  const attachments = [{ ...file, contentId: null }];
  expect(firstWords({ newText: '\nOne line\nand another', attachments: [] })).toBe('One line');
  expect(firstWords({ newText: 'word '.repeat(40), attachments: [] })).toBe(`${'word '.repeat(16).trim()}…`);
  expect(firstWords({ newText: 'x'.repeat(79) + '😀', attachments: [] })).toBe(`${'x'.repeat(79)}…`);
  expect(firstWords({ newText: ' ', attachments })).toBe('offer.pdf');
  expect(firstWords({ newText: '', attachments: [] })).toBe('a message without text');
  expect(firstWords({ newText: 'gone', attachments, state: 'deleted' })).toBe('a deleted message');
});

test('what stands below the new text is told apart, unless the two are mixed', () => {
  expect(restBelow('\nYes\n\n> really?\n', 'Yes')).toBe('> really?');
  expect(restBelow('> one?\nyes\n> two?\nno', 'yes\n\nno')).toBeNull();
  expect(restBelow('Yes', 'Yes')).toBe('');
});
