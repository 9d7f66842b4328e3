import type { Message } from '@kith/client';
import { marksInWords } from '../words/message-words.ts';

/** What a message is besides a message. */
export function MessageMarks({ message }: { message: Pick<Message, 'marks' | 'state'> }) {
  const words = [...marksInWords(message.marks), ...(message.state === 'edited' ? ['Edited'] : [])];
  return words.length === 0 ? null : <p className="kith-hint">{words.join(', ')}</p>;
}
