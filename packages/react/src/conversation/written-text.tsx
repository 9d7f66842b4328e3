import type { Message } from '@kith/client';
import { useId, useMemo } from 'react';
import { restBelow } from '../words/message-words.ts';
import { useRemembered } from './remembered.tsx';
import { textParts } from './text-links.ts';

/** The text of a message: what its author wrote now, and behind a button what it quotes. Markup in it is text. */
export function WrittenText({ message }: { message: Pick<Message, 'id' | 'text' | 'newText'> }) {
  const { text, newText } = message;
  const [isOpen, setOpen] = useRemembered(message.id, 'isQuoteOpen', false);
  const id = useId();
  const rest = newText.trim() === '' ? '' : restBelow(text, newText);
  if (rest === '') return <LinkedText text={newText.trim() === '' ? text : newText} />;
  // Answers that stand between quotes make sense only there, so the whole text takes their place.
  const shown = rest === null && isOpen ? text : newText;
  return (
    <>
      <LinkedText text={shown} />
      <p>
        <button
          type="button"
          className="kith-button-quiet"
          aria-expanded={isOpen}
          {...(rest === null ? {} : { 'aria-controls': id })}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide quoted text' : 'Quoted text'}
        </button>
      </p>
      {rest !== null && (
        <div id={id} className="kith-quoted" hidden={!isOpen}>
          {isOpen && <LinkedText text={rest} />}
        </div>
      )}
    </>
  );
}

/** A text with its line breaks; addresses in it are links that lead where they say. */
export function LinkedText({ text }: { text: string }) {
  const parts = useMemo(() => textParts(text), [text]);
  if (text.trim() === '') return null;
  return (
    <p className="kith-text">
      {parts.map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          // Parts of one text never change places.
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            referrerPolicy="no-referrer"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
