import { ChannelTag } from './channel-tag.tsx';
import { clockTime, exactTime } from './dates.ts';
import { FoldedText } from './folded-text.tsx';
import type { Message } from './kith.tsx';
import { sizeInWords } from './words.ts';

/** One message. Its text is text: whatever markup stands in it is shown as it was written. */
export function MessageItem({ message, hasArrived }: { message: Message; hasArrived: boolean }) {
  return (
    <li className={hasArrived ? 'arrived' : undefined}>
      <article className={`message ${message.direction}`}>
        <header>
          <Sender message={message} />
          <span className="direction">{message.direction === 'inbound' ? 'received' : 'sent'}</span>
          <ChannelTag channel={message.channel} />
          {message.state === 'edited' && <span className="direction">edited</span>}
          <time dateTime={message.sentAt} title={exactTime(message.sentAt)}>
            {clockTime(message.sentAt)}
          </time>
        </header>
        {message.subject !== null && message.subject !== '' && <p className="subject">{message.subject}</p>}
        {message.state === 'deleted' ? (
          <p className="hint">This message was deleted.</p>
        ) : (
          <FoldedText text={message.text} />
        )}
        <Attachments attachments={message.attachments} />
      </article>
    </li>
  );
}

function Sender({ message }: { message: Message }) {
  const { displayName, identifier } = message.sender;
  return (
    <span className="sender" title={identifier ?? undefined}>
      {displayName ?? identifier ?? 'Unknown sender'}
    </span>
  );
}

function Attachments({ attachments }: Pick<Message, 'attachments'>) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id} title={attachment.type}>
          {attachment.name} <span>{sizeInWords(attachment.size)}</span>
        </li>
      ))}
    </ul>
  );
}
