/*
 * Asks `email-reply-parser` about single lines: whether one begins a quoted mail ("Am … schrieb …:"), or a signature
 * ("Sent from my iPhone"). What mail programs write there, in all their languages, is the library's knowledge.
 *
 * Whole mails are never given to it. Its expressions are made for mails of good will: 8,000 characters of
 * `2016 from <` take it 270 seconds, 8,000 empty lines two. And it joins what belongs to nobody: from the first line
 * that begins with 在 to the last that ends with 写道：, all is one header to it, the answer between them included. Of a
 * line of at most `lineCharsMax` it thinks 3 ms at worst, and of a mail at most `questionsMax` lines are asked.
 */
import EmailReplyParser from 'email-reply-parser';

/** Answers about single lines, a limited number of times; after that always no. */
export interface LineJudge {
  isQuoteHeader(line: string): boolean;
  isSignature(line: string): boolean;
}

/** Longer lines are neither header nor signature. */
export const lineCharsMax = 400;
const questionsMax = 150;

/** A judge for one mail. */
export function createLineJudge(): LineJudge {
  const parser = new EmailReplyParser();
  let asked = 0;
  const fragmentsOf = (line: string) => {
    if (asked === questionsMax || line.length > lineCharsMax) return [];
    asked += 1;
    // A header is one only below an empty line, and a signature has to follow something.
    return parser.read(`\n${line}\n`).getFragments();
  };
  return {
    isQuoteHeader: (line) => fragmentsOf(line).some((fragment) => fragment.isQuoted()),
    isSignature: (line) => fragmentsOf(line).some((fragment) => fragment.isSignature()),
  };
}
