import type { Message, MessageMark } from '@kith/client';

const markWords = {
  auto_reply: 'Automatic reply',
  auto_generated: 'Written by a machine',
  bulk: 'Sent to many',
  list: 'From a mailing list',
  bounce: 'Could not be delivered',
  calendar: 'Invitation',
  forwarded: 'Forwarded',
} as const satisfies Record<MessageMark, string>;

/** What a message is besides a message. */
export function MessageMarks({ message }: { message: Pick<Message, 'marks' | 'state'> }) {
  const words = [
    ...message.marks.map((mark) => markWords[mark]),
    ...(message.state === 'edited' ? ['Edited'] : []),
  ];
  return words.length === 0 ? null : <p className="kith-hint">{words.join(', ')}</p>;
}
