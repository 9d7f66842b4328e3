/*
 * What each character is to a word, looked up rather than matched: a text is read character by character, and a regular
 * expression for each of them takes ten times as long.
 */

/** Nothing of a word; a letter; a digit; what only goes on a word; and letters of scripts without spaces. */
export const kinds = { none: 0, letter: 1, digit: 2, mark: 3, pair: 4, dictionary: 5 } as const;
export type CharacterKind = (typeof kinds)[keyof typeof kinds];

const unknown = 255;
const known = new Uint8Array(0x1_0000).fill(unknown);

const pair = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;
const dictionary = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const digit = /\p{Nd}/u;
/** Hyphens that show only at the end of a line, and joiners, may stand inside a word. */
const mark = /\p{M}|\u00ad|\u200c|\u200d|\u2060/u;

/** The kind of the character that begins at a place. */
export function kindAt(text: string, at: number): CharacterKind {
  const code = text.charCodeAt(at);
  if (code >= 0xd800 && code <= 0xdfff) return kindOf(String.fromCodePoint(text.codePointAt(at) ?? code));
  const found = known[code] ?? unknown;
  if (found !== unknown) return found as CharacterKind;
  const kind = kindOf(String.fromCharCode(code));
  known[code] = kind;
  return kind;
}

/** How many UTF-16 code units the character at a place has. */
export function charsAt(text: string, at: number): 1 | 2 {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function kindOf(character: string): CharacterKind {
  if (mark.test(character)) return kinds.mark;
  if (!letterOrDigit.test(character)) return kinds.none;
  if (pair.test(character)) return kinds.pair;
  if (dictionary.test(character)) return kinds.dictionary;
  return digit.test(character) ? kinds.digit : kinds.letter;
}
