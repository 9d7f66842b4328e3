/*
 * A mail of a thread: a line while it is folded, and unfolded who wrote it to whom, what it says and its files. What the
 * list of messages leaves out of a mail is read when it is unfolded.
 */
import type { Message, ReadOutputs } from '@kith/client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { messageKeys } from '../hooks/query-keys.ts';
import { MailBody } from '../mail/mail-body.tsx';
import { Moment } from '../parts/moment.tsx';
import { useRead } from '../provider/kith-context.ts';
import { deliveryInWords, nameOf } from '../words/message-words.ts';
import { Attachments } from './attachments.tsx';
import { lineOfWords, recipientsInWords, roleInWords } from './conversation-words.ts';
import { MessageMarks } from './message-marks.tsx';
import { useRemembered } from './remembered.tsx';
import { WrittenText } from './written-text.tsx';

interface MailMessageProps {
  message: Message;
  isOpenAtFirst: boolean;
  /** Whether it is the message that was asked for: it is marked for a moment. */
  isSought: boolean;
}

/** One mail. */
export function MailMessage({ message, isOpenAtFirst, isSought }: MailMessageProps) {
  const [isOpen, setOpen] = useRemembered(message.id, 'isOpen', isOpenAtFirst);
  return (
    <article
      className={`kith-mail${isOpen ? ' kith-mail-open' : ''}${isSought ? ' kith-sought' : ''}`}
      aria-label={`From ${nameOf(message.sender)}`}
    >
      <button
        type="button"
        className="kith-mail-line"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="kith-name" title={message.sender.identifier ?? undefined}>
          {nameOf(message.sender)}
        </span>
        <span className="kith-mail-words">
          {isOpen
            ? message.sender.displayName === null
              ? ''
              : message.sender.identifier
            : lineOfWords(message)}
        </span>
        {!isOpen && message.attachments.some(({ inline }) => !inline) && (
          <span className="kith-hint">{filesInWords(message)}</span>
        )}
        <Moment at={message.sentAt} />
      </button>
      {isOpen && <OpenMail message={message} />}
    </article>
  );
}

function filesInWords({ attachments }: Message): string {
  const { length } = attachments.filter(({ inline }) => !inline);
  return length === 1 ? '1 file' : `${length} files`;
}

function OpenMail({ message }: { message: Message }) {
  const read = useRead();
  const content = useQuery({
    queryKey: messageKeys.content(message.id),
    queryFn: ({ signal }) => read.messages.content.query({ messageId: message.id }, { signal }),
    staleTime: Infinity,
  });
  if (message.state === 'deleted') return <p className="kith-hint">This message was deleted.</p>;
  return (
    <div className="kith-mail-content">
      <Recipients people={content.data?.people ?? []} isPending={content.isPending} />
      <MessageMarks message={message} />
      {message.html !== true || content.isError ? (
        <>
          <WrittenText message={message} />
          {content.isError && message.html === true && (
            <p className="kith-hint" role="status">
              The formatted mail could not be loaded; this is its text.{' '}
              <button type="button" className="kith-button-quiet" onClick={() => void content.refetch()}>
                Try again
              </button>
            </p>
          )}
        </>
      ) : content.data === undefined ? (
        <p className="kith-mail-waiting" role="status">
          <span className="kith-visually-hidden">Loading the mail…</span>
        </p>
      ) : (
        <MailBody message={message} content={content.data} />
      )}
      <Attachments
        attachments={message.attachments.filter((file) => !file.inline || message.html !== true)}
      />
      {message.status === 'failed' && <p className="kith-problem">{deliveryInWords(message)}</p>}
    </div>
  );
}

type People = ReadOutputs['messages']['content']['people'];

/** `to Support, cc Bruno`; pressed, everybody with their addresses. */
function Recipients({ people, isPending }: { people: People; isPending: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const words = recipientsInWords(people);
  if (words === '')
    return <p className="kith-mail-recipients kith-hint">{isPending ? ' ' : 'to nobody that is named'}</p>;
  return (
    <>
      <p className="kith-mail-recipients">
        <button
          type="button"
          className="kith-button-quiet"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {words}
        </button>
      </p>
      <ul id={id} className="kith-mail-people" hidden={!isOpen}>
        {people.map((person) => (
          <li key={`${person.role} ${person.participantId} ${person.identifier}`}>
            <span className="kith-hint">{roleInWords(person.role)}</span>
            <span>
              {person.displayName} <span className="kith-identifier">{person.identifier}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
