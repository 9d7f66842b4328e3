/*
 * Text → words, one way for what is looked in, what is looked for, and what is highlighted. Pure, total and linear.
 *
 * A word is a run of letters and digits. What is joined by dots, an at sign or underscores (`ana@lima.example`,
 * `offer_v2.pdf`) is found by its parts and as a whole, and an email address by its domain; groups of digits that look
 * like one number (`+55 11 98765-4321`) by each of them and all together. Scripts without spaces between words are cut
 * by `spaceless.ts`.
 */
import { compareForm, wordCharsMax } from './fold.ts';
import { eachRun, type Run } from './runs.ts';
import { readPairs, readSegments } from './spaceless.ts';

/** A word, and where it stands in its text: `[start, end)` in UTF-16 code units. */
export interface Word {
  /** As it is compared. */
  form: string;
  /** In lower case and with its accents, as a stemmer takes it; null where there is nothing to stem. */
  letters: string | null;
  start: number;
  end: number;
  /** Its number in the text. A whole has that of its first part. */
  place: number;
  /** Whether it is one word of the sequence, or several of them as one. */
  isWhole: boolean;
}

/** How much of a text is read (UTF-16 code units); what comes after it is not found. */
export const textCharsMax = 100_000;

/** The words of a text, in its order; a whole comes after its parts. */
export function readWords(text: string): Word[] {
  const reading: Reading = {
    text,
    words: [],
    place: 0,
    joined: { start: 0, end: 0, place: 0, runs: 0 },
    number: { start: 0, end: 0, place: 0, runs: 0 },
    digits: '',
  };
  eachRun(text, textCharsMax, (run) => {
    if (run.is === 'word' || run.is === 'number') readRun(reading, run);
    else readPieces(reading, run);
  });
  endJoined(reading);
  endNumber(reading);
  return reading.words;
}

interface Reading {
  readonly text: string;
  readonly words: Word[];
  place: number;
  /** Runs that single signs join, so far. */
  readonly joined: Chain;
  /** Groups of digits that may be one number, so far. */
  readonly number: Chain;
  digits: string;
}

/** A stretch of the text that may be one whole; without a run it has not begun. Changed in place: there is one a word. */
interface Chain {
  start: number;
  end: number;
  place: number;
  runs: number;
}

function readRun(reading: Reading, { start, end, is }: Run): void {
  const { form, letters } = compareForm(reading.text.slice(start, end));
  if (form === '') return;
  const place = (reading.place += 1);
  const word = { form, letters, start, end, place, isWhole: false };
  goOnJoined(reading, word);
  goOnNumber(reading, word, is === 'number');
  reading.words.push(word);
}

function readPieces(reading: Reading, run: Run): void {
  endJoined(reading);
  endNumber(reading);
  const { text, words } = reading;
  const written = text.slice(run.start, run.end);
  for (const piece of run.is === 'pairs' ? readPairs(written) : readSegments(written)) {
    const [start, end] = [run.start + piece.start, run.start + piece.end];
    const { form } = compareForm(text.slice(start, end));
    if (form === '') continue;
    const place = (reading.place += 1);
    words.push({ form, letters: null, start, end, place, isWhole: false });
  }
}

function begin(chain: Chain, { start, end, place }: Word): void {
  chain.start = start;
  chain.end = end;
  chain.place = place;
  chain.runs = 1;
}

function goOn(chain: Chain, { end }: Word): void {
  chain.end = end;
  chain.runs += 1;
}

const joiners = new Set(['.', '@', '_', '+', '-'].map((sign) => sign.charCodeAt(0)));
const hasJoiner = /[.@_]/;

function goOnJoined(reading: Reading, word: Word): void {
  const { joined, text } = reading;
  const isJoined =
    joined.runs > 0 && word.start === joined.end + 1 && joiners.has(text.charCodeAt(joined.end));
  if (isJoined) return goOn(joined, word);
  endJoined(reading);
  begin(joined, word);
}

/** What hyphens alone join is found as the sequence that it is. */
function endJoined(reading: Reading): void {
  const { start, end, place, runs } = reading.joined;
  reading.joined.runs = 0;
  if (runs < 2 || end - start > wordCharsMax) return;
  const written = reading.text.slice(start, end);
  if (!hasJoiner.test(written)) return;
  addWhole(reading, { start, end, place }, written);
  const at = written.lastIndexOf('@') + 1;
  const domain = written.slice(at);
  if (at === 0 || !domain.includes('.')) return;
  const parts = written.slice(0, at).split(/[.@_+-]/).length - 1;
  addWhole(reading, { start: start + at, end, place: place + parts }, domain);
}

/** What people put between the digits of one number. */
const betweenDigits = /^[ \u00a0()./-]{1,3}$/;
const numberDigits = { min: 7, max: 15 };

function goOnNumber(reading: Reading, word: Word, isDigits: boolean): void {
  const { number, text } = reading;
  const isNear = isDigits && number.runs > 0 && word.start - number.end <= 3;
  if (isNear && betweenDigits.test(text.slice(number.end, word.start))) {
    goOn(number, word);
    // More digits than a number has need not be kept to know that it is none.
    if (reading.digits.length <= numberDigits.max) reading.digits += word.form;
    return;
  }
  endNumber(reading);
  if (!isDigits) return;
  begin(number, word);
  reading.digits = word.form;
}

function endNumber(reading: Reading): void {
  const { number, digits } = reading;
  const { start, end, place, runs } = number;
  number.runs = 0;
  if (runs < 2 || digits.length < numberDigits.min || digits.length > numberDigits.max) return;
  addWhole(reading, { start, end, place }, digits);
}

function addWhole(reading: Reading, at: Pick<Chain, 'start' | 'end' | 'place'>, written: string): void {
  const { form } = compareForm(written);
  if (form !== '') reading.words.push({ form, letters: null, ...at, isWhole: true });
}
