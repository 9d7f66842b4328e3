/*
 * The text of a mail as a reader sees it, its plain text or what its HTML shows where it has none, and what of it is
 * new.
 *
 * Links show their words and images nothing; the HTML itself is kept beside the text. The limits bound what a page
 * of ten thousand nested tables costs; what lies beyond them is in the HTML.
 */
import { textCharsMax } from '@kith/contracts';
import { cleanText, cutText } from '@kith/ingest/clean-text';
import { compile } from 'html-to-text';
import { nestsDeeperThan } from './html-nesting.ts';
import { markedLines, quoteOptions, withoutMarks } from './html-quotes.ts';
import type { MailFields } from './mail-fields.ts';
import { newTextOf, plainLines } from './new-text.ts';

/** HTML is several times longer than what it shows. */
const htmlCharsMax = 1_000_000;
/** Cleaning takes characters away; more than enough is left of these. */
const plainCharsMax = 4 * textCharsMax;

const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: htmlCharsMax, maxDepth: 200, maxChildNodes: 20_000 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...quoteOptions.selectors,
  ],
  formatters: quoteOptions.formatters,
});

const nestingMax = 1_000;

/** The texts of a mail, each at most `textCharsMax` long. */
export interface MailTexts {
  /** All that a reader sees. */
  text: string;
  /** What its author wrote now; null where that is all of it. */
  newText: string | null;
  /** What its HTML shows, or its text where that shows nothing. */
  shown: string;
}

/** The visible text, and what of it is new. */
export function textsOf(fields: Pick<MailFields, 'text' | 'html'>): MailTexts {
  const plain = cleanText(cutText(fields.text ?? '', plainCharsMax)).replace(/\r\n?/g, '\n');
  if (plain.trim() !== '' || fields.html === null) {
    const text = cutText(plain.trimEnd(), textCharsMax);
    const ofHtml = withoutMarks(markedTextOf(fields.html ?? ''));
    return { text, newText: newTextOf(plainLines(text)), shown: ofHtml.trim() === '' ? text : ofHtml };
  }
  const marked = markedTextOf(fields.html);
  const text = cutText(withoutMarks(marked).trim(), textCharsMax);
  return { text, newText: newTextOf(markedLines(cutText(marked, textCharsMax))), shown: text };
}

function markedTextOf(html: string): string {
  return cleanText(textOfHtml(withoutMarks(cutText(html, htmlCharsMax))));
}

function textOfHtml(html: string): string {
  // Made to be hard, and not to be read: what is between the tags is enough.
  if (nestsDeeperThan(html, nestingMax)) return html.replace(/<[^<>]*>/g, ' ').replace(/\s+/g, ' ');
  return toText(html);
}
