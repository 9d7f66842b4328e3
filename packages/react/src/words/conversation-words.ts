/* What a conversation is called, in words. */
import type { Conversation, Participant } from '@kith/client';
import { channelNames } from './words.ts';

type Named = Pick<Participant, 'status' | 'displayName' | 'identifier'>;

const namesMax = 3;

/** `Ana Lima, Bruno Costa and 4 more`: who takes part besides the team; whole numbers may exceed who is listed. */
export function othersInWords(participants: readonly Named[], participantCount: number): string {
  const others = participants.filter(({ status }) => status !== 'internal');
  const ours = participants.length - others.length;
  const named = (others.length === 0 ? participants : others).slice(0, namesMax);
  const rest = others.length === 0 ? 0 : participantCount - ours - named.length;
  const names = named.map(({ displayName, identifier }) => displayName ?? identifier);
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** The subject of a thread; of a chat where and with whom it is: `WhatsApp with Ana Lima`, `Group with …`. */
export function conversationTitle(conversation: Conversation): string {
  const { channel, kind, subject, participants, participantCount } = conversation;
  const others = othersInWords(participants, participantCount);
  if (channel === 'email') return subject === null || subject.trim() === '' ? '(no subject)' : subject;
  if (kind !== 'group') return `${channelNames[channel]} with ${others}`;
  return subject === null || subject.trim() === '' ? `Group with ${others}` : subject;
}
