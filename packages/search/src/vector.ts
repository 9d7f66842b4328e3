/*
 * What of a message is looked in, as a `tsvector`: its subject, who is named by it, and what its author wrote. What a
 * reply quotes is found where it was written: it would come up again with each answer.
 */
import { detectLanguage, type Language } from './language.ts';
import { addLexeme, type Lexemes, noLexemes, type Occurrence, toVector } from './lexemes.ts';
import { type MessagePlace, scopeOf } from './scope.ts';
import { stemMark, stemOf } from './stems.ts';
import { readWords } from './words.ts';

/** What a message says. */
export interface MessageText {
  subject: string | null;
  /** Names and identifiers. */
  people: readonly string[];
  body: string;
}

/** The language that its words are taken to be of. */
export const languageOf = ({ subject, body }: Omit<MessageText, 'people'>): Language | null =>
  detectLanguage(`${subject ?? ''}\n${body}`);

/** The vector of a message. */
export function messageVector(place: MessagePlace, text: MessageText): string {
  const language = languageOf(text);
  const lexemes = noLexemes();
  for (const lexeme of scopeOf(place)) addLexeme(lexemes, lexeme, { place: 1, weight: 'D' });
  let offset = 0;
  const add = (part: string, as: Parameters<typeof addWords>[2]): void => {
    // The gap keeps the end of one part and the beginning of the next from being a phrase.
    offset = addWords(lexemes, part, { ...as, offset }) + 2;
  };
  add(text.subject ?? '', { word: 'A', stem: 'A', language });
  for (const person of text.people) add(person, { word: 'B', stem: 'B', language: null });
  add(text.body, { word: 'C', stem: 'D', language });
  return toVector(lexemes);
}

interface AddedAs {
  word: Occurrence['weight'];
  stem: Occurrence['weight'];
  language: Language | null;
  offset?: number;
}

/** Answers the last place. */
function addWords(lexemes: Lexemes, text: string, { word, stem, language, offset = 0 }: AddedAs): number {
  let last = offset;
  for (const { form, letters, place } of readWords(text)) {
    last = offset + place;
    const stemmed = letters === null || language === null ? '' : stemOf(letters, language);
    // A word that is its own stem is found by that, also as it is written.
    const isStem = form === letters && stemmed.length === form.length + stemMark;
    if (!isStem) addLexeme(lexemes, form, { place: last, weight: word });
    if (stemmed !== '') addLexeme(lexemes, stemmed, { place: last, weight: isStem ? word : stem });
  }
  return last;
}
