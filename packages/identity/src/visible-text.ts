/*
 * What a reader sees of a text: without invisible characters, full-width forms as the ASCII they stand for.
 *
 * Identifiers are copied out of web pages, chats and spreadsheets, which add zero-width spaces, direction marks and
 * the wide letters of East Asian keyboards. Two texts that look the same must give one key.
 */

const printableAscii = /^[\x20-\x7e]*$/;
const joinerRun = /([\u200c\u200d])[\u200c\u200d]+/g;
// Between letters of Persian or Indic scripts a joiner is spelling, and part of a domain's name (RFC 5892, A.1 and
// A.2); beside ASCII, or at an end, it is an accident.
const strayJoiner = /(?<=\p{ASCII}|^)[\u200c\u200d]|[\u200c\u200d](?=\p{ASCII}|$)/gu;
const invisible = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}]/gu;
const wide = /[\uff01-\uff5e]/g;

/** The text as it is seen, its spaces and line ends as plain spaces, without those at its ends. */
export function visibleText(text: string): string {
  if (printableAscii.test(text)) return text.trim();
  const seen = text
    .replace(invisible, '')
    .replace(joinerRun, '$1')
    .replace(wide, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\ufe6b', '@')
    .replace(/\s/g, ' ');
  return withoutStrayJoiners(seen).trim();
}

/** Without joiners that spell nothing: folding can bring ASCII beside one, as `İ` becomes `i` and a dot. */
export function withoutStrayJoiners(text: string): string {
  return text.replace(strayJoiner, '');
}

const digitValues = new Map<string, string>();

/** Decimal digits of every script as `0` to `9`. */
export function asciiDigits(text: string): string {
  if (printableAscii.test(text)) return text;
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const known = digitValues.get(digit) ?? valueOf(digit);
    digitValues.set(digit, known);
    return known;
  });
}

// Unicode keeps the ten digits of a script together, the zero first, so the distance to the start of the run tells
// the value; runs that follow each other (the mathematical digits) are multiples of ten long.
function valueOf(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let distance = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - distance - 1))) distance += 1;
  return String(distance % 10);
}

/** Whether a text has what no identifier may have: controls, lone surrogates, private or replacement characters. */
export function isDamagedText(text: string): boolean {
  return /[\p{Cc}\p{Cs}\p{Co}\ufffd]|(?![\u200c\u200d])\p{Cf}/u.test(text);
}
