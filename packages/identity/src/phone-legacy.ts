/*
 * Numbers as they were written before a country changed its plan. Records and WhatsApp keep the old forms, and
 * libphonenumber does not know them, so these rules run before it.
 *
 * Where the change is certain, the key is today's form. Where the old form may still be another line, it keeps its
 * own key, and the two share a loose form, which only suggests.
 */
import { readByPlan } from './phone-library.ts';

/** Today's digits (calling code first) of a number written in an old form; other digits unchanged. */
export function currentForm(digits: string): string {
  return mexico(brazil(argentina(digits)));
}

/** Mexico dropped the 1 of mobile numbers in August 2019; WhatsApp ids still have it. */
function mexico(digits: string): string {
  return digits.replace(/^521(\d{10})$/, '52$1');
}

/** Brazil put a 9 before mobile numbers until November 2016; those begin with 6 to 9, fixed lines with 2 to 5. */
function brazil(digits: string): string {
  return digits.replace(/^55([1-9][1-9])([6-9]\d{7})$/, '55$19$2');
}

/**
 * Inside Argentina a mobile number is dialled as area, 15, number; from abroad as 9, area, number. Area and number
 * have ten digits together, the area two (Buenos Aires), three or four.
 */
function argentina(digits: string): string {
  const [, national] = /^549?0?(\d{12})$/.exec(digits) ?? [];
  if (national === undefined) return digits;
  const areas = national.startsWith('11') ? [2, 3, 4] : [3, 4];
  const forms = areas
    .filter((length) => national.startsWith('15', length))
    .map((length) => `549${national.slice(0, length)}${national.slice(length + 2)}`);
  return forms.find((form) => readByPlan(`+${form}`, null)?.isValid()) ?? forms[0] ?? digits;
}

/** Whether these are an Argentine mobile's digits as dialled inside its area: 15 and the number, no area. */
export function isWithoutArea(digits: string): boolean {
  return /^15\d{6,8}$/.test(digits);
}

/** Mexico's old prefixes for calls inside the country: 01 to fixed lines, 044 and 045 to mobiles. */
export function withoutMexicanPrefix(digits: string): string {
  return digits.replace(/^(?:01|04[45])(\d{10})$/, '$1');
}

/** Whether these are eight digits of Benin, which has had ten since 30 November 2024 (01 before the old eight). */
export function isOldBenin(digits: string): boolean {
  return /^229\d{8}$/.test(digits);
}

/**
 * One number for all that may be the same line: an old number of Benin and its new form; a number of Argentina with
 * and without the 9 of mobiles, because without it it is also how the fixed line of those digits is written. Areas
 * begin with 1, 2 or 3; what begins otherwise is a service.
 */
export function looseForm(key: string): string {
  if (isOldBenin(key.slice(1))) return `+22901${key.slice(4)}`;
  return key.replace(/^\+54([1-3]\d{9})$/, '+549$1');
}
