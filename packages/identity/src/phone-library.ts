/*
 * libphonenumber with its full metadata, opened when the first number is asked: it costs about 65 ms and 3 MB, which
 * who only normalises addresses does not pay.
 */
import { createRequire } from 'node:module';
import type * as Library from 'libphonenumber-js/max';

const require = createRequire(import.meta.url);
let library: typeof Library | undefined;

/** A number as libphonenumber reads it. */
export interface PlanNumber {
  /** E.164, also when the plan does not know the number. */
  e164: string;
  callingCode: string;
  /** Of a length that the numbering plan has. */
  isPossible: boolean;
  /** Of a range that the numbering plan has. */
  isValid: () => boolean;
}

/** Reads `+` and digits, or a national number of a country; null where there is no such plan. */
export function readByPlan(digits: string, country: string | null): PlanNumber | null {
  const { parsePhoneNumberFromString } = open();
  const found = parsePhoneNumberFromString(digits, {
    extract: false,
    ...(isCountry(country) ? { defaultCountry: country } : {}),
  });
  if (found === undefined) return null;
  return {
    e164: found.number,
    callingCode: found.countryCallingCode,
    isPossible: found.isPossible(),
    isValid: () => found.isValid(),
  };
}

/** The ISO code of a country with a numbering plan, from however it is written; else null. */
export function countryWithPlan(written: string | null | undefined): string | null {
  const code = written?.trim().toUpperCase().replace(/^UK$/, 'GB') ?? null;
  return isCountry(code) ? code : null;
}

function isCountry(code: string | null): code is Library.CountryCode {
  return code !== null && /^[A-Z]{2}$/.test(code) && open().isSupportedCountry(code);
}

function open(): typeof Library {
  return (library ??= require('libphonenumber-js/max') as typeof Library);
}
