import { memo } from 'react';
import type { Message } from '@kith/client';
import { Moment } from '../parts/moment.tsx';
import { exactTime } from '../words/dates.ts';
import { deliveryInWords, firstWords, groupReactions, marksInWords, nameOf } from '../words/message-words.ts';
import { ConversationLink } from './conversation-link.tsx';
import { MessageFiles } from './message-files.tsx';
import { MessageText } from './message-text.tsx';

/** What a message item shows. */
export interface MessageItemProps {
  message: Message;
  /** The message that it answers, where that is loaded. */
  answered: Message | undefined;
  hasArrived: boolean;
}

/** One message. Its text is text: whatever markup stands in it is shown as it was written. */
export const MessageItem = memo(function MessageItem({ message, answered, hasArrived }: MessageItemProps) {
  const className = `kith-message kith-message-${message.direction}${hasArrived ? ' kith-message-arrived' : ''}`;
  return (
    <article
      className={className}
      tabIndex={-1}
      data-message={message.id}
      aria-label={`${senderOf(message)}, ${exactTime(message.sentAt)}`}
    >
      <MessageHeader message={message} />
      {answered !== undefined && (
        <p className="kith-message-answered">
          Replying to {nameOf(answered.sender)}: <q>{firstWords(answered)}</q>
        </p>
      )}
      {message.state === 'deleted' ? (
        <p className="kith-hint">This message was deleted.</p>
      ) : (
        <>
          <MessageText text={message.text} newText={message.newText} />
          <MessageFiles attachments={message.attachments} />
          <Reactions reactions={message.reactions} />
        </>
      )}
    </article>
  );
});

const senderOf = ({ direction, sender }: Message): string =>
  direction === 'outbound' ? `You · ${nameOf(sender)}` : nameOf(sender);

function MessageHeader({ message }: { message: Message }) {
  const { conversationId, id, direction, status } = message;
  const hasFailed = direction === 'outbound' && status === 'failed';
  const delivery = direction === 'inbound' ? 'kith-visually-hidden' : 'kith-message-fact';
  return (
    <header>
      <span className="kith-message-sender" title={message.sender.identifier ?? undefined}>
        {senderOf(message)}
      </span>
      <span className={hasFailed ? 'kith-problem' : delivery}>{deliveryInWords(message)}</span>
      {message.state === 'edited' && <span className="kith-message-fact">edited</span>}
      {marksInWords(message.marks).map((mark) => (
        <span key={mark} className="kith-message-mark">
          {mark}
        </span>
      ))}
      <ConversationLink to={{ conversationId, messageId: id }} className="kith-message-time">
        <Moment at={message.sentAt} form="clock" />
      </ConversationLink>
    </header>
  );
}

function Reactions({ reactions }: Pick<Message, 'reactions'>) {
  if (reactions.length === 0) return null;
  return (
    <ul className="kith-reactions" aria-label="Reactions">
      {groupReactions(reactions).map(({ emoji, names }) => (
        <li key={emoji} title={names.join(', ')}>
          {emoji} {names.length > 1 && <span aria-hidden="true">{names.length}</span>}
          <span className="kith-visually-hidden">from {names.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
