/*
 * Where the signature of a text begins, if it has one: at `-- `, at a ruler above a few lines (mailing lists), at
 * words like "Sent from my iPhone", or at a closing like "Kind regards" with a name below it.
 *
 * Only the end of a text is looked at, and only what is as short as signatures are: a ruler between two chapters, or
 * "Best wishes!" in the middle of a letter, begins none. What the author adds below ("PS: …") is no part of it.
 */
import type { LineJudge } from './new-text-judge.ts';

const linesSeen = 60;
const delimiter = /^\s?--\s?$/;
const ruler = /^\s*(?:-{3,}|_{2,}|={2,}|\+{2,}|\*{3,})\s*$/;
const belowDelimiterMax = 40;
const belowRulerMax = 12;
const wordsCharsMax = 120;
const nameCharsMax = 60;
const postscript = /^\s*p\.?\s?s\b/i;

/** Closings that the library does not know. */
const closing = new RegExp(
  `^(?:${[
    '(?:with )?(?:my |our )?(?:kind|kindest|best|warm|warmest)(?: personal)? (?:regards|wishes)',
    '(?:mit )?(?:freundliche[nmr]?|beste[nr]?|herzliche[nr]?|viele[nr]?|liebe[nr]?|schöne[nr]?) (?:grüße?n?|grüsse?n?|gruß|gruss)',
    'mfg|lg|vg|mvh|bien cordialement|(?:reciba |reciban )?(?:un )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?',
    'atentamente|atenciosamente|att|(?:melhores |com os melhores )?cumprimentos|abraços?',
    '(?:cordiali|distinti) saluti|met (?:vriendelijke|hartelijke) groet(?:en)?|(?:med )?ven+lig hilsen',
    '(?:med )?vänliga? hälsning(?:ar)?|ystävällisin terveisin|pozdrawiam|z poważaniem|s pozdravem|с уважением',
  ].join('|')})[\\s,.!]*$`,
  'iu',
);

/** What programs write below a mail, whatever follows; a sentence that begins so is the author's. */
const advert = /^(?:sent|get|gesendet|von|sendt|envoyé|télécharger|enviado|inviato|verzonden|verstuurd)\s/i;
const sentence = /,.*\.$/;

/** The lines without the signature at their end. */
export function withoutSignature(lines: readonly string[], judge: LineJudge): string[] {
  const filled = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at])).slice(-linesSeen);
  const texts = filled.map((at) => lines[at] ?? '');
  const hasChapters = texts.slice(0, -1).filter((line) => ruler.test(line)).length > 1;
  const start = filled.find((at, position) => {
    const below = texts.slice(position + 1);
    const line = lines[at] ?? '';
    if (delimiter.test(line)) return below.length <= belowDelimiterMax;
    if (!ruler.test(line)) return isFarewell(line.trim(), below[0], judge);
    const isAlone = (lines[at - 1] ?? '').trim() === '' && !hasChapters;
    return isAlone && below.length <= belowRulerMax && isName(below[0]);
  });
  if (start === undefined) return [...lines];
  const added = filled.find((at) => at > start && postscript.test(lines[at] ?? ''));
  return [...lines.slice(0, start), ...(added === undefined ? [] : lines.slice(added))];
}

function isFarewell(words: string, below: string | undefined, judge: LineJudge): boolean {
  if (words.length > wordsCharsMax || !/^\p{L}/u.test(words) || sentence.test(words)) return false;
  if (!isName(below) && !advert.test(words)) return false;
  return closing.test(words) || judge.isSignature(words);
}

/** What stands below a closing is a name or a link to an app, never a paragraph. */
function isName(line: string | undefined): boolean {
  return line === undefined || line.trim().length <= nameCharsMax;
}
