import { useId, useState } from 'react';

const foldedCharactersMin = 900;
const foldedLinesMin = 12;

/** A text with its line breaks; a long one shows its beginning until it is unfolded. */
export function FoldedText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (text.trim() === '') return null;
  const isLong =
    text.length > foldedCharactersMin || text.split('\n', foldedLinesMin + 1).length > foldedLinesMin;
  if (!isLong) return <p className="kith-text">{text}</p>;
  return (
    <>
      <p id={id} className={isOpen ? 'kith-text' : 'kith-text kith-text-folded'}>
        {text}
      </p>
      <button
        type="button"
        className="kith-button-quiet"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Show less' : 'Show all'}
      </button>
    </>
  );
}
