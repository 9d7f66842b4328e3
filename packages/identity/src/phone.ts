/*
 * Phone numbers: E.164 as the exact key, and one loose form for all numbers that may be the same line.
 *
 * The key is a number of a possible length in its country's plan, not necessarily one in service: records hold
 * invented numbers. Without a country, in the number or as the default, there is no key; nothing is guessed.
 */
import { currentForm, isOldBenin, isWithoutArea, looseForm, withoutMexicanPrefix } from './phone-legacy.ts';
import { countryWithPlan, type PlanNumber, readByPlan } from './phone-library.ts';
import { type PhoneParts, readPhoneText } from './phone-text.ts';

/** Why a text is not a phone number; `short_code` is a service's number inside one network. */
export type PhoneFailure =
  | 'empty'
  | 'too_long'
  | 'not_a_number'
  | 'no_country'
  | 'not_possible'
  | 'short_code';

/** A number in E.164 with its extension (no part of the key), or why a text is none. */
export type PhoneResult =
  | { ok: true; key: string; loose: string; extension: string | null }
  | { ok: false; reason: PhoneFailure };

/** How to read a number. */
export interface PhoneOptions {
  /** ISO code of the country whose national numbers are meant, such as `FR`. */
  defaultCountry?: string | null;
}

const shortCodeDigitsMax = 6;
const settlingRounds = 5;
// Small places whose whole numbers are that short. Elsewhere five digits are a service, or lack their area.
const shortPlans = new Set('AC AD CK FK FO GL KI NC NF NU PM SB SH TK TO TV VU WF'.split(' '));

/** Normalises one written number: international, national with a default country, a `tel:` link, a WhatsApp id. */
export function normalizePhone(text: string, options: PhoneOptions = {}): PhoneResult {
  const parts = readPhoneText(text);
  if (typeof parts === 'string') return { ok: false, reason: parts };
  const country = countryWithPlan(options.defaultCountry);
  const number = isInternational(parts) ? readInternational(parts) : readNational(parts, country);
  if (typeof number === 'string') return { ok: false, reason: number };
  return { ok: true, key: number.e164, loose: looseForm(number.e164), extension: parts.extension };
}

/** Whether a number is of a range in use, for who must tell numbers from other digits. */
export function isValidPhone(key: string): boolean {
  return isOldBenin(key.slice(1)) || readByPlan(key, null)?.isValid() === true;
}

/** `+0151…` is a national number with a plus, because no calling code begins with 0; `+0049…` is an international. */
function isInternational({ isInternational: hasPlus, digits }: PhoneParts): boolean {
  return hasPlus && (!digits.startsWith('0') || digits.startsWith('00'));
}

function readInternational(parts: PhoneParts): PlanNumber | PhoneFailure {
  const written = [parts.digitsWithoutTrunk, parts.digits].flatMap((digits) =>
    digits === null ? [] : [digits.replace(/^0+/, '')],
  );
  return firstThatFits(written.flatMap(readingsAbroad)) ?? 'not_possible';
}

function readNational({ digits }: PhoneParts, country: string | null): PlanNumber | PhoneFailure {
  const isShort = digits.length <= shortCodeDigitsMax;
  if (isShort && !shortPlans.has(country ?? '')) return 'short_code';
  // 00 is how most of the world dials abroad, so it names a country even where the default country uses another.
  const abroad = digits.startsWith('00') ? readingsAbroad(digits.slice(2)) : [];
  if (country === null)
    return digits.startsWith('00') ? (firstThatFits(abroad) ?? 'not_possible') : 'no_country';
  const number = firstThatFits([...readingsInside(digits, country), ...abroad]);
  if (number === null) return 'not_possible';
  return isShort && !number.isValid() ? 'short_code' : number;
}

/** How digits that begin with a calling code can be read, the likeliest first. */
function readingsAbroad(digits: string): PlanNumber[] {
  if (isOldBenin(digits)) {
    return [{ e164: `+${digits}`, callingCode: '229', isPossible: true, isValid: () => true }];
  }
  const number = readSettled(digits);
  if (number === null) return [];
  // A trunk zero where the plan has none: `+48 022 …`.
  const trunk = `+${number.callingCode}0`;
  if (!number.e164.startsWith(trunk) || number.isValid()) return [number];
  const withoutZero = readSettled(`${number.callingCode}${number.e164.slice(trunk.length)}`);
  return withoutZero?.isValid() ? [withoutZero] : [number];
}

/** Reads until nothing changes any more: behind one trunk zero may stand another, and behind that an old form. */
function readSettled(digits: string): PlanNumber | null {
  let written = `+${currentForm(digits)}`;
  for (let round = 0; round < settlingRounds; round += 1) {
    const number = readByPlan(written, null);
    if (number === null) return null;
    const next = `+${currentForm(number.e164.slice(1))}`;
    if (next === written && number.e164 === written) return number;
    written = next;
  }
  return null;
}

function readingsInside(digits: string, country: string): PlanNumber[] {
  const number = readByPlan(country === 'MX' ? withoutMexicanPrefix(digits) : digits, country);
  if (number === null || (country === 'AR' && isWithoutArea(digits))) return [];
  return readingsAbroad(number.e164.slice(1));
}

/** The first number in use; without one, the first of a possible length. */
function firstThatFits(numbers: readonly PlanNumber[]): PlanNumber | null {
  const possible = numbers.filter(({ isPossible }) => isPossible);
  if (possible.length < 2) return possible[0] ?? null;
  return possible.find((number) => number.isValid()) ?? possible[0] ?? null;
}
