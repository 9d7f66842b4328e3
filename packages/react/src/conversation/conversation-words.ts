/* What a conversation and who takes part in it are, in words. */
import type { Conversation, Message, Participant, ParticipantRole } from '@kith/client';
import { firstWords } from '../words/message-words.ts';

/** What it is known by: its subject, the name of a group, or with whom it is. */
export function conversationTitle(
  conversation: Pick<Conversation, 'channel' | 'kind' | 'subject' | 'participants'>,
): string {
  const subject = conversation.subject?.trim() ?? '';
  if (subject !== '') return subject;
  if (conversation.channel === 'email') return '(no subject)';
  const others = conversation.participants.filter(({ status }) => status !== 'internal').map(nameOf);
  if (others.length === 0) return conversation.kind === 'group' ? 'Group chat' : 'Chat';
  return others.length > 3 ? `${others.slice(0, 3).join(', ')} and others` : others.join(', ');
}

/** Who is meant, by name or identifier. */
export function nameOf(participant: Pick<Participant, 'displayName' | 'identifier'>): string {
  return participant.displayName ?? participant.identifier;
}

/** `1 message`, `1,204 messages` */
export function messagesInWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`;
}

const roleWords = {
  from: 'wrote',
  sender: 'sent for somebody',
  to: 'to',
  cc: 'cc',
  bcc: 'bcc',
  reply_to: 'answers go here',
  member: 'member',
  attendee: 'invited',
} as const satisfies Record<ParticipantRole, string>;

/** How somebody takes part. */
export function roleInWords(role: ParticipantRole | undefined): string {
  return role === undefined ? '' : roleWords[role];
}

interface Named {
  role: ParticipantRole;
  identifier: string;
  displayName: string | null;
}

/** To whom a mail went: `to Support, Ana; cc Bruno`, without who wrote it. */
export function recipientsInWords(people: readonly Named[]): string {
  const inRole = (role: ParticipantRole) => people.filter((person) => person.role === role).map(nameOf);
  return (['to', 'cc', 'bcc'] as const)
    .map((role) => ({ role, names: inRole(role) }))
    .filter(({ names }) => names.length > 0)
    .map(({ role, names }) => `${role} ${names.join(', ')}`)
    .join('; ');
}

const lineCharactersMax = 240;

/** What a mail says, as much of it as a line may hold. */
export function lineOfWords(message: Pick<Message, 'newText' | 'state' | 'attachments'>): string {
  const line = message.newText.slice(0, lineCharactersMax).replaceAll(/\s+/g, ' ').trim();
  return message.state === 'deleted' || line === '' ? firstWords(message) : line;
}
