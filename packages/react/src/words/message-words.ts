/* What a message and its parts are, in words. */
import type { Message, MessageMark } from '@kith/client';
import { sizeInWords } from './words.ts';

type Attachment = Message['attachments'][number];
type Reaction = Message['reactions'][number];

const outboundWords = {
  queued: 'being sent',
  sent: 'sent',
  failed: 'not delivered',
  delivered: 'sent, delivered',
  read: 'sent, read',
  played: 'sent, played',
} as const satisfies Record<NonNullable<Message['status']>, string>;

/** Which way a message went, and how far one of ours has come: `received`, `sent`, `sent, read`. */
export function deliveryInWords({ direction, status }: Pick<Message, 'direction' | 'status'>): string {
  return direction === 'inbound' ? 'received' : outboundWords[status ?? 'sent'];
}

const markWords = {
  auto_reply: 'Automatic reply',
  auto_generated: 'Written by a machine',
  bulk: 'Sent to many',
  list: 'From a mailing list',
  bounce: 'Could not be delivered',
  calendar: 'Invitation',
  forwarded: 'Forwarded',
} as const satisfies Record<MessageMark, string>;

/** What a message is besides a message, in words. */
export const marksInWords = (marks: readonly MessageMark[]): string[] => marks.map((mark) => markWords[mark]);

const failureWords = {
  no_credentials: 'the account has no credentials to fetch it with',
  not_found: 'the provider no longer has it',
  refused: 'the provider refused it',
  too_large: 'it is too large',
  address_not_allowed: 'it lies at an address that is not allowed',
  gave_up: 'it could not be fetched',
} as const satisfies Record<NonNullable<Attachment['failure']>, string>;

/** How large a file is and whether it is here: `48 kB`, `48 kB, being fetched`, `unavailable: it is too large`. */
export function fileInWords({
  size,
  state,
  failure,
}: Pick<Attachment, 'size' | 'state' | 'failure'>): string {
  if (state === 'stored') return sizeInWords(size);
  if (state === 'pending') return size > 0 ? `${sizeInWords(size)}, being fetched` : 'being fetched';
  return failure === undefined ? 'unavailable' : `unavailable: ${failureWords[failure]}`;
}

/** Who is meant by a name, an identifier or nothing. */
export function nameOf(person: { displayName: string | null; identifier: string | null }): string {
  return person.displayName ?? person.identifier ?? 'Unknown sender';
}

/** The same answers together, in the order of the first of each, with the names of who gave them. */
export function groupReactions(reactions: readonly Reaction[]): { emoji: string; names: string[] }[] {
  const byEmoji = new Map<string, string[]>();
  for (const reaction of reactions) {
    byEmoji.set(reaction.emoji, [...(byEmoji.get(reaction.emoji) ?? []), nameOf(reaction)]);
  }
  return [...byEmoji].map(([emoji, names]) => ({ emoji, names }));
}

const firstWordsMax = 80;

/** What a message is known by where another answers it: its first words, else its first file. */
export function firstWords(message: Pick<Message, 'newText' | 'state' | 'attachments'>): string {
  if (message.state === 'deleted') return 'a deleted message';
  const line = message.newText.trim().split('\n', 1)[0] ?? '';
  if (line === '') return message.attachments[0]?.name ?? 'a message without text';
  if (line.length <= firstWordsMax) return line;
  const words = line.slice(0, firstWordsMax).replace(/\s+\S*$/u, '');
  return `${words.replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What stands below the new text in the whole text; null where the two are not apart but mixed. */
export function restBelow(text: string, newText: string): string | null {
  const whole = text.trimStart();
  return whole.startsWith(newText)
    ? whole
        .slice(newText.length)
        .replace(/^\s*\n/, '')
        .trimEnd()
    : null;
}
