/*
 * Phone numbers inside free text. Digits are also dates, prices, order numbers and parts of URLs, so a number must be
 * of a range in use, stand alone, and say that it is a phone: by a plus, a trunk zero, a bracketed area, groups that
 * no date has, or a word before it.
 */
import type { FoundIdentifier } from './find.ts';
import { isValidPhone, normalizePhone } from './phone.ts';
import { asciiDigits } from './visible-text.ts';

const candidatesMax = 100;
// A plus, a bracket or a digit; then digits with at most three separators between two of them; at most 40 characters.
const candidate = /(?:\+|＋|\(\s?\+?|\b)\d(?:[ \u00a0().\-/\u2010-\u2015]{0,3}\d){5,19}/g;
const extension = /^[ ,;]{0,3}(?:ext\.?|extension|x|#|durchwahl|ramal|anexo|poste|int\.)[ .:]{0,2}\d{1,6}\b/i;
const phoneWord =
  /(?:tel|phone|fon|fone|fono|telefone?|mob(?:ile?)?|cell?(?:ular)?|handy|gsm|whats\s?app|direct|call|t[ée]l|電話|тел|моб)[^\p{L}\d]{0,6}$/iu;
const date = /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{4}|\d{2}))(?!\d)/;
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Finds numbers with a country, and with a default country its national ones. */
export function findPhones(text: string, defaultCountry: string | null): FoundIdentifier[] {
  // Digits beyond the basic plane would move what stands after them; nobody writes numbers in them.
  const digits = asciiDigits(text);
  const readable = digits.length === text.length ? digits : text;
  const found: FoundIdentifier[] = [];
  let count = 0;
  for (const match of readable.matchAll(candidate)) {
    count += 1;
    if (count > candidatesMax) break;
    // `901822/23` are two lines: the second is written short.
    const number = match[0].replace(/\s?\/\s?\d{1,3}$/, '');
    const phone = phoneAt(readable, match.index, number, defaultCountry);
    if (phone !== null)
      found.push({ ...phone, written: text.slice(phone.at, phone.at + phone.written.length) });
  }
  return found;
}

function phoneAt(
  text: string,
  at: number,
  digits: string,
  defaultCountry: string | null,
): FoundIdentifier | null {
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + digits.length, at + digits.length + 24);
  if (!standsAlone(before, after) || !isWrittenAsPhone(digits, before)) return null;
  const written = `${digits}${extension.exec(after)?.[0] ?? ''}`;
  const phone = normalizePhone(written, { defaultCountry });
  if (!phone.ok || !isValidPhone(phone.key)) return null;
  return { kind: 'phone', key: phone.key, loose: phone.loose, written, at };
}

/** Not a part of a word, a URL, an id, an amount or a longer row of digits. */
function standsAlone(before: string, after: string): boolean {
  const isLink = /(?:tel:|wa\.me\/|phone=)\+?$/i.test(before);
  const isGlued = /[\p{L}\p{M}\d@#_/=&%$€£¥+*-]$|\d[.,]$|[$€£¥]\s$/u.test(before);
  return (
    (isLink || !isGlued) && !/^(?:[\p{L}\p{M}\d@_%=&$€£¥*]|[-.:]\d|\s?[$€£¥%])/u.test(withoutExtension(after))
  );
}

function withoutExtension(after: string): string {
  return after.replace(extension, '');
}

function isWrittenAsPhone(digits: string, before: string): boolean {
  if (/^\(?\s?[+＋]|^00[1-9]/.test(digits) || phoneWord.test(before)) return true;
  if (date.test(digits) || address.test(digits)) return false;
  const groups = digits.split(/\D+/).filter((group) => group !== '');
  const isGrouped = groups.length >= 3 && groups.some((group) => group.length >= 3);
  return /^\(?\s?0[1-9]/.test(digits) || digits.startsWith('(') || isGrouped;
}
