import { ChannelMark } from '../parts/channel-mark.tsx';
import { clockTime, exactTime } from '../words/dates.ts';
import type { Message } from '@kith/client';
import { MessageText } from './message-text.tsx';
import { deliveryInWords, fileInWords, firstWords, groupReactions, nameOf } from '../words/message-words.ts';

/** What a message item shows. */
export interface MessageItemProps {
  message: Message;
  /** The message that it answers, where that is on the page. */
  answered: Message | undefined;
  hasArrived: boolean;
}

/** One message. Its text is text: whatever markup stands in it is shown as it was written. */
export function MessageItem({ message, answered, hasArrived }: MessageItemProps) {
  return (
    <li className={hasArrived ? 'arrived' : undefined}>
      <article className={`message ${message.direction}`}>
        <MessageHeader message={message} />
        {answered !== undefined && (
          <p className="answered">
            Replying to {nameOf(answered.sender)}: <q>{firstWords(answered)}</q>
          </p>
        )}
        {message.subject !== null && message.subject !== '' && <p className="subject">{message.subject}</p>}
        {message.state === 'deleted' ? (
          <p className="hint">This message was deleted.</p>
        ) : (
          <>
            <MessageText text={message.text} newText={message.newText} />
            <Attachments attachments={message.attachments} />
            <Reactions reactions={message.reactions} />
          </>
        )}
      </article>
    </li>
  );
}

function MessageHeader({ message }: { message: Message }) {
  const hasFailed = message.direction === 'outbound' && message.status === 'failed';
  return (
    <header>
      <span className="sender" title={message.sender.identifier ?? undefined}>
        {nameOf(message.sender)}
      </span>
      <span className={hasFailed ? 'problem' : 'direction'}>{deliveryInWords(message)}</span>
      <ChannelMark channel={message.channel} />
      {message.state === 'edited' && <span className="direction">edited</span>}
      <time dateTime={message.sentAt} title={exactTime(message.sentAt)}>
        {clockTime(message.sentAt)}
      </time>
    </header>
  );
}

function Attachments({ attachments }: Pick<Message, 'attachments'>) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id} className={attachment.state} title={attachment.type}>
          {attachment.name} <span>{fileInWords(attachment)}</span>
        </li>
      ))}
    </ul>
  );
}

function Reactions({ reactions }: Pick<Message, 'reactions'>) {
  if (reactions.length === 0) return null;
  return (
    <ul className="reactions" aria-label="Reactions">
      {groupReactions(reactions).map(({ emoji, names }) => (
        <li key={emoji} title={names.join(', ')}>
          {emoji} {names.length > 1 && <span aria-hidden="true">{names.length}</span>}
          <span className="visually-hidden">from {names.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
