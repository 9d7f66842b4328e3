/*
 * What the author of a mail wrote now: its text without the mails it quotes, without a forwarded mail, and without
 * the signature. It is what a timeline shows first; the whole text stays beside it.
 *
 * Answers between quotes stay, because only lines that are quoted themselves are taken away there. Below a header
 * ("On … wrote:", or From, Sent, To and Subject) whose mail is not marked line by line, everything is that mail. A
 * forwarded mail goes as a quoted one does, so that of a forward with a comment the comment is shown; of one without,
 * nothing would be left, and then the new text is all of the text. So it is for a mail that is only a quote, and one
 * that is only a signature.
 *
 * Every step takes one pass; hostile texts of 200,000 characters take half a second.
 */
import { headerLines, introducesBlock, isSeparator, startsHeaderBlock } from './new-text-headers.ts';
import { createLineJudge, type LineJudge } from './new-text-judge.ts';
import { withoutSignature } from './new-text-signatures.ts';

/** One line of a text. The HTML may tell what it is; `rest` begins a mail that goes on to the end. */
export interface TextLine {
  text: string;
  kind: 'own' | 'quoted' | 'signature' | 'rest';
}

/** The lines of a plain text, quoted where a `>` stands before them. */
export function plainLines(text: string): TextLine[] {
  return text.split('\n').map((line) => ({ text: line, kind: marked.test(line) ? 'quoted' : 'own' }));
}

/** `>:` is the end of a header that was wrapped. */
const marked = /^ {0,3}>(?!:\s*$)/;

/** What of these lines is new; null where that is all of them, or nothing. */
export function newTextOf(lines: readonly TextLine[]): string | null {
  const judge = createLineJudge();
  const runs = ownRuns(lines, judge);
  const whole = joinRuns([lines.map(({ text }) => text)]);
  // From the end, where signatures stand: the judge answers only so many questions.
  const unsigned = runs.toReversed().map((run) => withoutSignature(run, judge));
  const written = joinRuns(unsigned.toReversed());
  const newText = written === '' ? joinRuns(runs) : written;
  return newText === '' || newText === whole ? null : newText;
}

/** The lines that are not quoted, in one list for each place where they stand together. */
function ownRuns(lines: readonly TextLine[], judge: LineJudge): string[][] {
  const areAboveQuote = linesAboveQuote(lines);
  const runs: string[][] = [[]];
  for (const [at, line] of lines.entries()) {
    const run = runs.at(-1) ?? [];
    if (line.kind === 'rest' || startsQuote(lines, at, judge)) {
      dropIntroduction(run);
      break;
    }
    if (line.kind !== 'own') {
      if (run.length > 0) runs.push([]);
      continue;
    }
    const isAboveQuote = areAboveQuote[at] === true;
    const header = headerLines(paragraphAbove(run), line.text, { isAboveQuote, judge });
    if (header === 0) run.push(line.text);
    else {
      run.splice(run.length - header + 1);
      if (!isAboveQuote) break;
      runs.push([]);
    }
  }
  return runs;
}

function startsQuote(lines: readonly TextLine[], at: number, judge: LineJudge): boolean {
  const line = lines[at];
  if (line === undefined || line.kind !== 'own') return false;
  return startsHeaderBlock(lines, at) || isSeparator(line.text, judge);
}

/** For each line whether the next one that is not empty is quoted. */
function linesAboveQuote(lines: readonly TextLine[]): boolean[] {
  const areAbove = lines.map(() => false);
  for (let at = lines.length - 2; at >= 0; at -= 1) {
    const below = lines[at + 1];
    areAbove[at] =
      below?.text.trim() === '' && below.kind === 'own'
        ? areAbove[at + 1] === true
        : below?.kind === 'quoted';
  }
  return areAbove;
}

/** The last two lines, as far as they are not empty. */
function paragraphAbove(run: readonly string[]): string[] {
  const near = run.slice(-2);
  return near.slice(near.findLastIndex((line) => line.trim() === '') + 1);
}

function dropIntroduction(run: string[]): void {
  const last = run.findLastIndex((line) => line.trim() !== '');
  if (last >= 0 && introducesBlock(run[last] ?? '')) run.splice(last);
}

/** The runs with one empty line between them, none at their edges. */
function joinRuns(runs: readonly (readonly string[])[]): string {
  return runs
    .map((run) => {
      const first = run.findIndex((line) => line.trim() !== '');
      return first < 0 ? '' : run.slice(first).join('\n').trimEnd();
    })
    .filter((run) => run !== '')
    .join('\n\n');
}
