/* Messages for tests. */
import type { Message } from '@kith/client';

/** A message that was sent in this second, and is named for it. */
export function messageAt(second: number, more: Partial<Message> = {}): Message {
  return {
    id: `m${second}`,
    conversationId: 'c1',
    channel: 'whatsapp',
    direction: 'inbound',
    sentAt: new Date(second * 1_000).toISOString(),
    subject: null,
    text: `text ${second}`,
    newText: `text ${second}`,
    sender: { participantId: 'p1', displayName: 'Ana', identifier: '+5511987654321' },
    attachments: [],
    status: null,
    reactions: [],
    repliesTo: null,
    marks: [],
    ...more,
  };
}
