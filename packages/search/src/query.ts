/*
 * What a person types → a `tsquery` for message vectors, and what to highlight. The language of what is typed is not
 * guessed from two words: each word is looked for as it is written, and by its stem in every language of its script.
 *
 * All words are required; "in quotes" one after the other; `or` between them asks for either; `-word` leaves out what
 * holds it. What is written without spaces (`co-operate`) is a phrase. No sign that is typed reaches Postgres.
 */
import { languages } from './language.ts';
import { quoted } from './lexemes.ts';
import { isSingleCharacter } from './spaceless.ts';
import { stemOf } from './stems.ts';
import { readWords, type Word } from './words.ts';

/** What is looked for. */
export interface SearchQuery {
  /** As a `tsquery`. */
  text: string;
  /** The forms of words that match, but for those that are left out. */
  forms: ReadonlySet<string>;
  /** Beginnings of words that match. */
  beginnings: readonly string[];
}

/** Of a longer query no more words are looked for. */
const wordsMax = 40;

/** Reads a query; null where it names nothing to look for. */
export function readQuery(typed: string): SearchQuery | null {
  const reading: Reading = { forms: new Set(), beginnings: [], words: 0 };
  const sides: Clause[][] = [[]];
  for (const segment of segmentsOf(typed)) {
    if (segment.kind === 'or') sides.push([]);
    else sides.at(-1)?.push(...clausesOf(reading, segment));
  }
  const asked = sides.filter((clauses) => clauses.some(({ isExcluded }) => !isExcluded));
  if (asked.length === 0) return null;
  const text = asked
    .map((clauses) => `(${clauses.map((one) => (one.isExcluded ? `!(${one.text})` : one.text)).join(' & ')})`)
    .join(' | ');
  return { text, forms: reading.forms, beginnings: reading.beginnings };
}

interface Reading {
  forms: Set<string>;
  beginnings: string[];
  words: number;
}

interface Clause {
  text: string;
  isExcluded: boolean;
}

/** A stretch of what was typed: words, of a phrase or not, or the word between two sides. */
type Segment = { kind: 'or' } | { kind: 'words' | 'phrase'; text: string; isExcluded: boolean };

const token = /(-?)"([^"]*)"?|(\S+)/g;

function segmentsOf(typed: string): Segment[] {
  const segments: Segment[] = [];
  for (const [whole, minus, phrase, word = ''] of typed.replace(/[“”„«»]/g, '"').matchAll(token)) {
    const last = segments.at(-1);
    if (phrase !== undefined) segments.push({ kind: 'phrase', text: phrase, isExcluded: minus === '-' });
    else if (/^or$/i.test(word)) segments.push({ kind: 'or' });
    else if (/^-[^-]/.test(word)) segments.push({ kind: 'words', text: word.slice(1), isExcluded: true });
    // Words that follow each other are read together: a number may be typed with spaces.
    else if (last?.kind === 'words' && !last.isExcluded) last.text += ` ${whole}`;
    else segments.push({ kind: 'words', text: whole, isExcluded: false });
  }
  return segments;
}

function clausesOf(reading: Reading, segment: Exclude<Segment, { kind: 'or' }>): Clause[] {
  const { kind, text, isExcluded } = segment;
  const found = readWords(text);
  const wholes = found.filter(({ isWhole }) => isWhole);
  const words = found.filter(isAsked).slice(0, Math.max(0, wordsMax - reading.words));
  reading.words += words.length;
  const scope: Reading = isExcluded ? { ...reading, forms: new Set(), beginnings: [] } : reading;
  const sequence = (some: readonly Word[]) => sequenceOf(scope, some);
  if (words.length === 0) return [];
  if (kind === 'phrase') return [{ text: sequence(words), isExcluded }];
  return unitsOf(words, { text, wholes }).map(({ parts, whole }) => {
    const apart = parts.map(sequence).join(' & ');
    if (whole === undefined) return { text: apart, isExcluded };
    scope.forms.add(whole.form);
    return { text: `(${quoted(whole.form)} | (${apart}))`, isExcluded };
  });
}

/** The last character of a run without spaces is in the pair before it. */
const isAsked = (word: Word, n: number, all: readonly Word[]): boolean =>
  !word.isWhole && !(all[n - 1]?.end === word.end && isSingleCharacter(word.form));

/** Words that are asked for together, each part of them written without spaces, and the whole that they may be. */
interface Unit {
  parts: Word[][];
  whole: Word | undefined;
}

function unitsOf(
  words: readonly Word[],
  { text, wholes }: { text: string; wholes: readonly Word[] },
): Unit[] {
  const units: Unit[] = [];
  let last: Word | undefined;
  for (const word of words) {
    const isNew = last === undefined || /\s/.test(text.slice(last.end, word.start));
    const unit = units.at(-1);
    const isInWhole = unit?.whole !== undefined && word.start < unit.whole.end;
    last = word;
    if (unit === undefined || (isNew && !isInWhole)) {
      units.push({ parts: [[word]], whole: wholes.find((whole) => isWholeAt(whole, word, text)) });
    } else if (isNew) unit.parts.push([word]);
    else unit.parts.at(-1)?.push(word);
  }
  return units;
}

/** Whether a whole begins with the word, and nothing else is written beside it. */
const isWholeAt = (whole: Word, { start }: Word, text: string): boolean =>
  whole.start === start && !/[^\s.,;:!?)>]/.test(text.charAt(whole.end));

function sequenceOf(reading: Reading, words: readonly Word[]): string {
  let before: Word | undefined;
  let text = '';
  for (const word of words) {
    if (before !== undefined) text += ` <${Math.max(1, word.place - before.place)}> `;
    text += anyForm(reading, word);
    before = word;
  }
  return words.length > 1 ? `(${text})` : text;
}

function anyForm(reading: Reading, { form, letters }: Word): string {
  if (isSingleCharacter(form)) {
    reading.beginnings.push(form);
    return `${quoted(form)}:*`;
  }
  const forms = new Set([form]);
  if (letters !== null) for (const language of languages) forms.add(stemOf(letters, language));
  forms.delete('');
  for (const one of forms) reading.forms.add(one);
  return forms.size > 1 ? `(${[...forms].map(quoted).join(' | ')})` : quoted(form);
}
