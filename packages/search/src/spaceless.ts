/*
 * Words of scripts that write none apart.
 *
 * Chinese, Japanese and Korean are cut into overlapping pairs of characters (東京都: 東京, 京都, 都): what is looked for is
 * found wherever it stands, whatever a dictionary takes for a word, and after every update of one. Thai, Lao, Khmer and
 * Burmese, whose letters are many to a syllable, are cut by the dictionary of `Intl.Segmenter`.
 */
import { kindAt, kinds } from './characters.ts';

/** A word in a run: `[start, end)` there. */
export interface Piece {
  start: number;
  end: number;
}

const character = /[\s\S]\p{M}*/gu;

/** Each character with the next one, and the last one alone. */
export function readPairs(run: string): Piece[] {
  const characters = [...run.matchAll(character)].map(({ 0: one, index }) => ({
    start: index,
    end: index + one.length,
  }));
  return characters.map(({ start, end }, n) => ({ start, end: characters[n + 1]?.end ?? end }));
}

/** Whether a word is one character of such a script: others may begin with it. */
export const isSingleCharacter = (form: string): boolean =>
  kindAt(form, 0) === kinds.pair && form.match(character)?.length === 1;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
/** Of one run the dictionary is asked about so much at a time. */
const segmentedMax = 1_000;

/** The words that the dictionary finds. */
export function readSegments(run: string): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < run.length; from += segmentedMax) {
    for (const { segment, index } of segmenter.segment(run.slice(from, from + segmentedMax))) {
      pieces.push({ start: from + index, end: from + index + segment.length });
    }
  }
  return pieces;
}
