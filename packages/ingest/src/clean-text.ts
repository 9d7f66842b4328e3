/*
 * The one place where text from outside is made fit for Postgres and JSON: no NUL (Postgres refuses it), no lone
 * surrogates (not Unicode, and not encodable as UTF-8), and no longer than its field, cut between characters.
 */

const loneSurrogate = /\p{Surrogate}/gu;

/** Cleans a text; `charsMax` counts UTF-16 code units, as zod's and JavaScript's lengths do. */
export function cleanText(text: string, charsMax = Number.POSITIVE_INFINITY): string {
  return cutText(text.replaceAll('\0', '').replace(loneSurrogate, '\u{FFFD}'), charsMax);
}

/** Cuts to at most `charsMax` code units, without leaving half of a surrogate pair. */
export function cutText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const last = text.charCodeAt(charsMax - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? charsMax - 1 : charsMax);
}
