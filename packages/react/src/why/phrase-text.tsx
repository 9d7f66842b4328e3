import type { Phrase } from '../words/evidence-words.ts';

/** A sentence in which the values stand out. */
export function PhraseText({ phrase }: { phrase: Phrase }) {
  return phrase.map((part, index) =>
    typeof part === 'string' ? part : <strong key={`${index} ${part.value}`}>{part.value}</strong>,
  );
}
