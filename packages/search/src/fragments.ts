/*
 * Where a text matches: its densest stretches, as parts that match or do not. Parts instead of markup: there is nothing
 * to escape, and nothing that a message says can be taken for markup. A part begins and ends where a word does, so no
 * character is cut.
 */
import type { Language } from './language.ts';
import type { SearchQuery } from './query.ts';
import { stemOf } from './stems.ts';
import { readWords, type Word } from './words.ts';

/** A piece of a text, as it is written but for its white space. */
export interface FragmentPart {
  text: string;
  match: boolean;
}

/** How much to show of a text: as many stretches, of about so many UTF-16 code units. */
export interface FragmentOptions {
  language: Language | null;
  countMax: number;
  charsMax: number;
}

/** The stretches with most of what is looked for, in the order of the text. None where nothing matches. */
export function findFragments(text: string, query: SearchQuery, options: FragmentOptions): FragmentPart[][] {
  const matches = matchesIn(text, query, options.language);
  const chosen = chooseStretches(matches, options);
  return chosen.map((stretch) => partsOf(text, withContext(text, stretch, options.charsMax), matches));
}

/** The beginning of a text, with nothing marked. */
export function beginningOf(text: string, charsMax: number): FragmentPart[] {
  const end = cutAt(text, Math.min(text.length, charsMax), 'before');
  return shownParts([{ text: text.slice(0, end), match: false }]);
}

interface Match {
  start: number;
  end: number;
  form: string;
}

type Stretch = Pick<Match, 'start' | 'end'>;

/** What matches, in the order of the text; where matches overlap they are one. */
function matchesIn(text: string, query: SearchQuery, language: Language | null): Match[] {
  const matches: Match[] = [];
  const found = readWords(text).filter((word) => isMatch(word, query, language));
  for (const { start, end, form } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = matches.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else matches.push({ start, end, form });
  }
  return matches;
}

function isMatch({ form, letters }: Word, query: SearchQuery, language: Language | null): boolean {
  if (query.forms.has(form) || query.beginnings.some((beginning) => form.startsWith(beginning))) return true;
  return letters !== null && language !== null && query.forms.has(stemOf(letters, language));
}

/** One after the other the stretch that has most different matches, and then most, until enough are chosen. */
function chooseStretches(matches: readonly Match[], { countMax, charsMax }: FragmentOptions): Stretch[] {
  const stretches = matches.map((_, from) => stretchFrom(matches, from, charsMax));
  const best = stretches.toSorted(
    (a, b) => b.different - a.different || b.count - a.count || a.start - b.start,
  );
  const chosen: Stretch[] = [];
  for (const stretch of best) {
    if (chosen.length === countMax) break;
    const isApart = chosen.every(
      (other) => stretch.start > other.end + charsMax / 2 || stretch.end < other.start - charsMax / 2,
    );
    if (isApart) chosen.push(stretch);
  }
  return chosen.toSorted((a, b) => a.start - b.start);
}

/** More matches than this tell nothing more of one stretch. */
const countedMax = 20;

function stretchFrom(matches: readonly Match[], from: number, charsMax: number) {
  const start = matches[from]?.start ?? 0;
  const within = matches.slice(from, from + countedMax).filter(({ end }) => end - start <= charsMax * 0.6);
  const end = within.at(-1)?.end ?? matches[from]?.end ?? start;
  return { start, end, count: within.length, different: new Set(within.map(({ form }) => form)).size };
}

/** With as much of the text before and after it as there is room for. */
function withContext(text: string, { start, end }: Stretch, charsMax: number): Stretch {
  const room = Math.max(0, charsMax - (end - start));
  const from = Math.max(0, start - Math.floor(room / 3));
  const to = Math.min(text.length, end + (room - (start - from)));
  return { start: cutAt(text, from, 'after', start), end: cutAt(text, to, 'before', end) };
}

/** How far a place to cut may lie from where it is wanted. */
const wordMax = 40;

/**
 * A place to cut at, behind or in front of white space where there is some close by; else between two characters. Never
 * beyond `limit`.
 */
function cutAt(text: string, wanted: number, side: 'before' | 'after', limit?: number): number {
  if (wanted === 0 || wanted === text.length || wanted === limit) return wanted;
  if (side === 'after') {
    const window = text.slice(wanted - 1, Math.min(limit ?? text.length, wanted + wordMax));
    const space = window.search(/\s\S/);
    return space === -1 ? characterAt(text, wanted) : wanted + space;
  }
  const from = Math.max(limit ?? 0, wanted - wordMax);
  const space = text.slice(from, wanted + 1).search(/\s\S*$/);
  return space === -1 ? Math.max(limit ?? 0, characterAt(text, wanted)) : from + space;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** No character that anybody wrote is longer. */
const characterMax = 60;

/** The beginning of the character at a place. */
function characterAt(text: string, at: number): number {
  const from = Math.max(0, at - characterMax);
  const beginning =
    graphemes.segment(text.slice(from, at + characterMax)).containing(at - from)?.index ?? at - from;
  return from + beginning;
}

function partsOf(text: string, { start, end }: Stretch, matches: readonly Match[]): FragmentPart[] {
  const parts: FragmentPart[] = [];
  let at = start;
  for (const match of matches) {
    if (match.start < at || match.end > end) continue;
    parts.push({ text: text.slice(at, match.start), match: false });
    parts.push({ text: text.slice(match.start, match.end), match: true });
    at = match.end;
  }
  return shownParts([...parts, { text: text.slice(at, end), match: false }]);
}

function shownParts(parts: readonly FragmentPart[]): FragmentPart[] {
  const shown = parts.map(({ text, match }) => ({ text: text.replace(/\s+/g, ' '), match }));
  const [first, last] = [shown[0], shown.at(-1)];
  if (first !== undefined) first.text = first.text.trimStart();
  if (last !== undefined) last.text = last.text.trimEnd();
  return shown.filter(({ text }) => text !== '');
}
