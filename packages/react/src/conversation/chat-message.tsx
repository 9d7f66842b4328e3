import type { Message } from '@kith/client';
import { useKith } from '../provider/kith-context.ts';
import { clockTime, exactTime } from '../words/dates.ts';
import { deliveryInWords, firstWords, groupReactions, nameOf } from '../words/message-words.ts';
import { Attachments } from './attachments.tsx';
import { WrittenText } from './written-text.tsx';

interface ChatMessageProps {
  message: Message;
  isFirstOfGroup: boolean;
  isLastOfGroup: boolean;
  /** The message that it answers, where that is loaded. */
  answered: Message | undefined;
  isSought: boolean;
  recordId?: string;
}

/** One message of a chat: ours on the right, theirs on the left; who speaks is told once for what is said in one go. */
export function ChatMessage({ message, isFirstOfGroup, isLastOfGroup, ...rest }: ChatMessageProps) {
  const { answered, isSought, recordId } = rest;
  const isOurs = message.direction === 'outbound';
  return (
    <article
      className={`kith-chat kith-chat-${isOurs ? 'ours' : 'theirs'}${isSought ? ' kith-sought' : ''}`}
      aria-label={`From ${nameOf(message.sender)}`}
    >
      {isFirstOfGroup && (
        <p className="kith-chat-sender" title={message.sender.identifier ?? undefined}>
          {nameOf(message.sender)}
        </p>
      )}
      <div className="kith-chat-bubble">
        {message.repliesTo !== null && (
          <Answered message={message} answered={answered} {...(recordId === undefined ? {} : { recordId })} />
        )}
        {message.state === 'deleted' ? (
          <p className="kith-hint">This message was deleted.</p>
        ) : (
          <>
            <WrittenText message={message} />
            <Attachments attachments={message.attachments} />
          </>
        )}
        <p className="kith-chat-foot">
          <Delivery message={message} isLastOfGroup={isLastOfGroup} />
          <time className="kith-moment" dateTime={message.sentAt} title={exactTime(message.sentAt)}>
            {clockTime(message.sentAt)}
          </time>
        </p>
      </div>
      <Reactions reactions={message.reactions} />
    </article>
  );
}

/** How far one of ours came, at the last of a group; that it did not arrive, at each. */
function Delivery({ message, isLastOfGroup }: { message: Message; isLastOfGroup: boolean }) {
  const words = message.state === 'edited' ? ['edited'] : [];
  const hasFailed = message.direction === 'outbound' && message.status === 'failed';
  if (hasFailed) return <span className="kith-problem">{deliveryInWords(message)}</span>;
  if (message.direction === 'outbound' && message.status !== null && isLastOfGroup) {
    words.push(deliveryInWords(message).replace('sent, ', ''));
  }
  return words.length === 0 ? null : <span>{words.join(', ')}</span>;
}

/** The message that is answered, by its first words; a link to it where the host has a page for that. */
function Answered(props: { message: Message; answered: Message | undefined; recordId?: string }) {
  const { message, answered, recordId } = props;
  const { links } = useKith();
  const { conversationId, repliesTo } = message;
  const from = {
    ...(recordId === undefined ? {} : { recordId }),
    ...(repliesTo === null ? {} : { messageId: repliesTo }),
  };
  const href = links.conversation?.(conversationId, from);
  const words =
    answered === undefined ? 'an earlier message' : `${nameOf(answered.sender)}: ${firstWords(answered)}`;
  return (
    <p className="kith-chat-answered">
      <span className="kith-visually-hidden">In answer to </span>
      {href === undefined ? words : <a href={href}>{words}</a>}
    </p>
  );
}

function Reactions({ reactions }: Pick<Message, 'reactions'>) {
  if (reactions.length === 0) return null;
  return (
    <ul className="kith-reactions" aria-label="Reactions">
      {groupReactions(reactions).map(({ emoji, names }) => (
        <li key={emoji} title={names.join(', ')}>
          <span aria-hidden="true">
            {emoji} {names.length > 1 && names.length}
          </span>
          <span className="kith-visually-hidden">
            {emoji} from {names.join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
