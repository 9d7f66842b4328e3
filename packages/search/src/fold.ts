/*
 * A word as it is compared: compatibility forms and letter case do not tell words apart, nor do accents in alphabets
 * that know them as marks beside a letter. In other scripts a mark is part of what is written (Thai, Devanagari,
 * Japanese), and stays.
 */

/** UTF-16 code units of a word; a longer one is found by its beginning. */
export const wordCharsMax = 64;

const plain = /^[a-z0-9]*$/;
const plainWord = /^[a-z]*$/;
const unseen = /\u00ad|\u200c|\u200d|\u2060/g;
const hasDigit = /\p{N}/u;
const alphabets = /[\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}\p{scx=Arab}\p{scx=Hebr}]/u;

/** Letters that no decomposition takes apart, as people type them without their keyboard. */
const otherLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  // The stroke that only stretches an Arabic word.
  ـ: '',
};
const otherLetter = /[ßıøđðłħæœþςـ]/g;
const otherDigit = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
const otherSigns = /[^\p{L}\p{N}\p{M}.@_+-]/gu;

/** A word as it is compared, and as a stemmer takes it. */
export interface WordForm {
  /** Empty where nothing of it can be compared. */
  form: string;
  /** In lower case and with its accents; null where there is nothing to stem. */
  letters: string | null;
}

/** To fold a word takes a microsecond, and most words come again. */
const folded = new Map<string, WordForm>();
const foldedMax = 50_000;

/** The form of a word as it is written. */
export function compareForm(written: string): WordForm {
  const lower = cutWord(written).toLowerCase();
  if (plainWord.test(lower)) return { form: lower, letters: lower };
  if (plain.test(lower)) return { form: lower, letters: null };
  const known = folded.get(lower);
  if (known !== undefined) return known;
  const seen = lower.replace(unseen, '');
  const form = foldWord(seen);
  const found = { form, letters: hasDigit.test(form) ? null : seen };
  if (folded.size >= foldedMax) folded.clear();
  folded.set(lower, found);
  return found;
}

/** The form of what is in lower case. */
export function foldWord(lower: string): string {
  if (plain.test(lower)) return lower;
  const decomposed = lower.normalize('NFKD');
  const letters = alphabets.test(decomposed)
    ? decomposed.replace(/\p{Mn}/gu, '')
    : decomposed.normalize('NFKC');
  const form = letters
    .toLowerCase()
    .replace(otherLetter, (letter) => otherLetters[letter] ?? letter)
    .replace(otherDigit, digitOf)
    .replace(otherSigns, '');
  return cutWord(form);
}

/** The beginning of a word, never half of a character. */
export function cutWord(word: string): string {
  if (word.length <= wordCharsMax) return word;
  const cut = word.slice(0, wordCharsMax);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** In each of these scripts the ten digits follow each other, from a place that ends on 0 or 6. */
const digitOf = (digit: string): string => {
  const code = digit.charCodeAt(0) & 0xf;
  return String(digit >= '\u0966' ? code - 6 : code);
};
