/*
 * What the HTML of a mail says of its parts: which are quoted, which are the signature. Mail programs mark these by
 * their own classes, ids and styles, which tell it in every language.
 *
 * The converter marks each line of such a part with a noncharacter of Unicode, so that the visible text and its lines
 * come from one conversion. A `blockquote` needs no mark, its lines begin with `>`; one without a border is how Gmail
 * indents, and is a block like any other. A part that holds a `blockquote` is not marked itself: answers stand
 * between its quotes.
 */
import type { DomNode, FormatCallback, HtmlToTextOptions } from 'html-to-text';
import type { TextLine } from './new-text.ts';

const marks = { quoted: '\ufdd0', signature: '\ufdd1', rest: '\ufdd2' } as const;
type Mark = keyof typeof marks;
const anyMark = /[\ufdd0-\ufdd2]/g;

const quoted = [
  'div.gmail_quote',
  'div.gmail_attr',
  'div.moz-cite-prefix',
  'div.yahoo_quoted',
  'div.protonmail_quote',
  'div.zmail_extra',
  'div#mail-editor-reference-message-container',
];
const signature = [
  'div.gmail_signature',
  'div.moz-signature',
  'pre.moz-signature',
  'div.protonmail_signature_block',
  'div#Signature',
  'div#ms-outlook-mobile-signature',
];

/** The selectors and formatters that mark parts of a mail. */
export const quoteOptions = {
  selectors: [
    ...quoted.map((selector) => ({ selector, format: 'quotedPart' })),
    ...signature.map((selector) => ({ selector, format: 'signaturePart' })),
    { selector: 'div#divRplyFwdMsg', format: 'restPart' },
    { selector: 'div[style*="border-top"]', format: 'perhapsRestPart' },
    { selector: 'blockquote', format: 'quote' },
  ],
  formatters: {
    quotedPart: (elem, walk, builder, options) =>
      formatPart(holdsQuote(elem) ? null : 'quoted')(elem, walk, builder, options),
    signaturePart: formatPart('signature'),
    restPart: formatPart('rest'),
    perhapsRestPart: (elem, walk, builder, options) =>
      formatPart(isOutlookRuler(elem) ? 'rest' : null)(elem, walk, builder, options),
    quote: (elem, walk, builder, options) => {
      if (isIndentation(elem)) return formatPart(null)(elem, walk, builder, options);
      builder.openBlock({ leadingLineBreaks: 2, reservedLineLength: 2 });
      walk(elem.children, builder);
      builder.closeBlock({
        trailingLineBreaks: 2,
        blockTransform: (text) => prefixLines(trimLines(text), '> '),
      });
    },
  },
} satisfies HtmlToTextOptions;

/** A text with marks as what a reader sees. */
export function withoutMarks(text: string): string {
  return text.replace(anyMark, '');
}

/** The lines of a text with marks. */
export function markedLines(text: string): TextLine[] {
  return text.split('\n').map((line) => ({ text: withoutMarks(line), kind: kindOf(line) }));
}

function kindOf(line: string): TextLine['kind'] {
  if (line.includes(marks.rest)) return 'rest';
  if (line.includes(marks.quoted)) return 'quoted';
  if (line.includes(marks.signature)) return 'signature';
  return /^ {0,3}>(?: |$)/.test(line) ? 'quoted' : 'own';
}

function formatPart(mark: Mark | null): FormatCallback {
  return (elem, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: 1 });
    walk(elem.children, builder);
    builder.closeBlock({
      trailingLineBreaks: 1,
      ...(mark === null ? {} : { blockTransform: (text) => prefixLines(text, marks[mark]) }),
    });
  };
}

function prefixLines(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n');
}

/** Without the empty lines at its edges; an expression would look at each run of them again and again. */
function trimLines(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '\n') start += 1;
  while (end > start && text[end - 1] === '\n') end -= 1;
  return text.slice(start, end);
}

const searchedMax = 500;

/** Whether a `blockquote` is among the first elements inside. */
function holdsQuote(elem: DomNode): boolean {
  const waiting = [...(elem.children ?? [])].slice(0, searchedMax);
  for (let at = 0; at < waiting.length && at < searchedMax; at += 1) {
    const node = waiting[at];
    if (node?.name === 'blockquote') return true;
    if (waiting.length < searchedMax) waiting.push(...(node?.children ?? []).slice(0, searchedMax));
  }
  return false;
}

/** Outlook draws this line above the mail that is answered; what follows is no part of the element. */
function isOutlookRuler(elem: DomNode): boolean {
  const style = styleOf(elem);
  return /border:none;border-top:solid#[0-9a-f]{6}1(?:\.0)?pt;padding:3(?:\.0)?pt0/.test(style);
}

function isIndentation(elem: DomNode): boolean {
  return styleOf(elem).includes('border:none');
}

function styleOf(elem: DomNode): string {
  const style: unknown = elem.attribs?.['style'];
  return typeof style === 'string' ? style.slice(0, 500).replace(/\s+/g, '').toLowerCase() : '';
}
