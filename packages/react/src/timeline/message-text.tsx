import { useId, useState } from 'react';
import { FoldedText } from './folded-text.tsx';
import type { Message } from '@kith/client';
import { restBelow } from '../words/message-words.ts';

/** What a message says now; what it quotes and its signature are behind a button. */
export function MessageText({ text, newText }: Pick<Message, 'text' | 'newText'>) {
  const rest = restBelow(text, newText);
  if (newText.trim() === '' || rest === '') return <FoldedText text={text} />;
  if (rest === null) return <MixedText text={text} newText={newText} />;
  return (
    <>
      <FoldedText text={newText} />
      <Rest text={rest} />
    </>
  );
}

function Rest({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Toggle isOpen={isOpen} controls={id} onToggle={setOpen}>
        {isOpen ? 'Hide quotes and signature' : 'Show quotes and signature'}
      </Toggle>
      <p id={id} className="kith-text kith-text-earlier" hidden={!isOpen}>
        {text}
      </p>
    </>
  );
}

/** Answers that stand between quotes make sense only there, so the whole text takes their place. */
function MixedText({ text, newText }: Pick<Message, 'text' | 'newText'>) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div id={id}>
        <FoldedText text={isOpen ? text : newText} />
      </div>
      <Toggle isOpen={isOpen} controls={id} onToggle={setOpen}>
        {isOpen ? 'Hide what is answered' : 'Show what is answered'}
      </Toggle>
    </>
  );
}

interface ToggleProps {
  isOpen: boolean;
  controls: string;
  onToggle: (isOpen: boolean) => void;
  children: string;
}

function Toggle({ isOpen, controls, onToggle, children }: ToggleProps) {
  return (
    <p>
      <button
        type="button"
        className="kith-button-quiet"
        aria-expanded={isOpen}
        aria-controls={controls}
        onClick={() => onToggle(!isOpen)}
      >
        {children}
      </button>
    </p>
  );
}
