/*
 * The part of a plain-text mail that may be its sender's signature.
 *
 * What others wrote is never part of it, because the identifiers in it would be taken for the sender's: where it is
 * doubtful whose a line is, there is no signature.
 */
import { attributionLength, foreignMailStart, isQuotedLine } from './quoted-text.ts';

const textCharsMax = 20_000;
const linesMax = 1_000;
const signatureCharsMax = 1_500;
const signatureLinesMax = 12;
// A line as long as this is a sentence; signatures are names, numbers and addresses.
const lineCharsMax = 120;
const signOff =
  /^\s*(?:(?:best|kind|warm|many)?\s*(?:regards|wishes|thanks)|best|cheers|thanks|thank you|sincerely|yours|cordially|respectfully|mit\b.{0,20}\bgrüßen|mit\b.{0,20}\bgruessen|viele grüße|liebe grüße|beste grüße|gruß|grüße|herzlich|hochachtungsvoll|mfg|lg|vg|cordialement|bien à (?:vous|toi)|salutations|bonne journée|saludos|un saludo|atentamente|atenciosamente|abraços?|cumprimentos|obrigad[oa]|cordiali saluti|distinti saluti|saluti|grazie|met vriendelijke groet(?:en)?|groeten|groet|vänliga hälsningar|mvh|hälsningar|med venlig hilsen|med vennlig hilsen|hilsen|terveisin|pozdrawiam|z poważaniem|s pozdravem|üdvözlettel|saygılarımla|с уважением)(?!\p{L}).{0,30}$/iu;

/**
 * The tail of a plain-text mail that may be a signature: after `-- `, else from the sign-off on, else the last short
 * lines before the quoted part. At most 1,500 characters; empty when there is none.
 */
export function findSignature(text: string): string {
  const allLines = text.slice(0, textCharsMax).split(/\r\n?|\n/, linesMax + 1);
  const lines = allLines.slice(0, linesMax);
  const isCut = text.length > textCharsMax || allLines.length > linesMax;
  const end = foreignMailStart(lines);
  const own = ownParts(lines.slice(0, end));
  // What is cut off may hold the rest of the mail: its end, with the signature, is not in sight.
  if (isCut && end === lines.length && !own.isQuoting) return '';
  const marked = own.parts.toReversed().flatMap(afterDelimiter);
  const signature = marked[0] ?? lastLines(signedPart(own.parts));
  return signature.join('\n').trim().slice(0, signatureCharsMax).trim();
}

/** The runs of lines that nobody quoted. */
function ownParts(lines: readonly string[]): { parts: string[][]; isQuoting: boolean } {
  const parts: string[][] = [[]];
  let isQuoting = false;
  for (let at = 0; at < lines.length; at += 1) {
    const announced = attributionLength(lines, at);
    if (announced === 0 && !isQuotedLine(lines[at] ?? '')) {
      parts.at(-1)?.push(lines[at] ?? '');
      continue;
    }
    isQuoting = true;
    parts.push([]);
    if (announced === 0) continue;
    // An announced quotation without `>` has no visible end: all that follows may be the other's.
    const next = lines.slice(at + announced).find((later) => later.trim() !== '');
    if (next !== undefined && !isQuotedLine(next)) break;
    at += announced - 1;
  }
  return { parts: parts.filter((part) => part.some((line) => line.trim() !== '')), isQuoting };
}

/** RFC 3676 §4.3: the signature stands after a line of `-- `; the space is often lost. */
function afterDelimiter(part: readonly string[]): string[][] {
  const at = part.findLastIndex((line) => /^--\s?$/.test(line));
  return at < 0 ? [] : [part.slice(at + 1)];
}

/** Where a signature stands: before the quotation, or after it when only a greeting stands before. */
function signedPart(parts: readonly string[][]): readonly string[] {
  const [first = []] = parts;
  const isGreeting = first.filter((line) => line.trim() !== '').length <= 1;
  return parts.length > 1 && isGreeting ? (parts.at(-1) ?? []) : first;
}

function lastLines(part: readonly string[]): string[] {
  const end = part.findLastIndex((line) => line.trim() !== '') + 1;
  const tail = part.slice(Math.max(0, end - signatureLinesMax), end);
  const signedAt = tail.findLastIndex((line) => signOff.test(line.slice(0, lineCharsMax)));
  if (signedAt >= 0) return tail.slice(signedAt);
  const sentence = tail.findLastIndex(isSentence);
  return tail.slice(sentence + 1);
}

/** Prose rather than a line of a signature: long, or with several words in lower case. */
function isSentence(line: string): boolean {
  if (line.length > lineCharsMax) return true;
  const words = line.match(/(?<!\S)\p{L}+[.,;:!?]*(?!\S)/gu) ?? [];
  const small = words.filter((word) => /^\p{Ll}/u.test(word));
  return (words.length >= 4 && small.length >= 2) || (words.length >= 3 && /[!?]\s*$/.test(line));
}
