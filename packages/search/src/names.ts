/*
 * Records and participants by what they are called: the words of names and identifiers, each behind its workspace, so
 * that what begins with a letter is looked for among one workspace's words alone.
 *
 * A word is found by its beginning, a long number (a phone number) by any digits in a row but its last three.
 */
import { quoted } from './lexemes.ts';
import { isSingleCharacter } from './spaceless.ts';
import { readWords, type Word } from './words.ts';

const isNumber = /^\d{7,15}$/;
const endDigitsMin = 4;

/** The `tsvector` of names and identifiers. */
export function nameVector(workspace: string, texts: readonly string[]): string {
  const lexemes = new Set<string>();
  for (const text of texts) {
    for (const { form } of readWords(text)) {
      for (const each of isNumber.test(form) ? endsOf(form) : [form]) lexemes.add(`${workspace} ${each}`);
    }
  }
  return [...lexemes].slice(0, lexemesMax).map(quoted).join(' ');
}

/** A record may have any number of identifiers. */
const lexemesMax = 5_000;

const endsOf = (digits: string): string[] =>
  Array.from({ length: digits.length - endDigitsMin + 1 }, (_, n) => digits.slice(n));

/** The `tsquery` for those that have a word for each one that is typed; null where none is. */
export function nameQuery(workspace: string, typed: string): string | null {
  const found = readWords(typed);
  const words = found.filter(
    (word, n) => !word.isWhole && !(found[n - 1]?.end === word.end && isSingleCharacter(word.form)),
  );
  if (words.length === 0) return null;
  const wholes = found.filter(({ isWhole }) => isWhole);
  const beginning = ({ form }: Word): string => `${quoted(`${workspace} ${form}`)}:*`;
  const asWhole = (whole: Word): string => `(${beginning(whole)} | (${all(within(words, whole))}))`;
  const all = (some: readonly Word[]): string => some.map(beginning).join(' & ');
  const outer = wholes.filter((whole) => !wholes.some((other) => other !== whole && covers(other, whole)));
  const apart = words.filter((word) => !outer.some((whole) => covers(whole, word)));
  return [...outer.map(asWhole), ...apart.map(beginning)].join(' & ');
}

const within = (words: readonly Word[], whole: Word): Word[] => words.filter((word) => covers(whole, word));
const covers = (whole: Word, word: Word): boolean => whole.start <= word.start && word.end <= whole.end;
