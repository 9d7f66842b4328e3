/* A text cut into runs of letters and digits, each of one way of writing. */
import { charsAt, kindAt, kinds } from './characters.ts';

/** A run: `[start, end)` in UTF-16 code units. */
export interface Run {
  start: number;
  end: number;
  /** Letters of scripts that write words apart; digits alone; or how a script without spaces is cut. */
  is: 'word' | 'number' | 'pairs' | 'dictionary';
}

/** Calls back for each run that begins before `charsMax`, in the order of the text. */
export function eachRun(text: string, charsMax: number, take: (run: Run) => void): void {
  const end = Math.min(text.length, charsMax);
  for (let at = 0; at < end;) {
    const kind = kindAt(text, at);
    if (kind === kinds.none || kind === kinds.mark) at += charsAt(text, at);
    else {
      const run = runFrom(text, at);
      take(run);
      at = run.end;
    }
  }
}

function runFrom(text: string, start: number): Run {
  const first = kindAt(text, start);
  const isSpaceless = first === kinds.pair || first === kinds.dictionary;
  let isNumber = first === kinds.digit;
  let at = start + charsAt(text, start);
  while (at < text.length) {
    const kind = kindAt(text, at);
    const isSame = isSpaceless ? kind === first : kind === kinds.letter || kind === kinds.digit;
    if (!isSame && kind !== kinds.mark) break;
    if (kind === kinds.letter) isNumber = false;
    at += charsAt(text, at);
  }
  if (isSpaceless) return { start, end: at, is: first === kinds.pair ? 'pairs' : 'dictionary' };
  return { start, end: at, is: isNumber ? 'number' : 'word' };
}
