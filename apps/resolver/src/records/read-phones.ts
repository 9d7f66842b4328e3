import { findIdentifiers, normalizePhone } from '@kith/identity';
import type { BesideNumber } from './field-keys.ts';
import { joinReadings, nothing, type Reading } from './reading.ts';
import { badPhone, unsurePhone } from './reasons.ts';

/** What is known of where a number without a country is. */
export type PhoneContext = BesideNumber;

/**
 * Every phone number in a text: alone as people write it, or several with any separator and words between them
 * (`mobile: +55 11 98765-4321 (WhatsApp), office 020 7946 0958 ext 12`).
 */
export function readPhones(text: string, context: PhoneContext): Reading {
  if (!/\p{Nd}/u.test(text)) return nothing;
  if (context.area !== null) return readWithArea(text, context);
  const whole = severalNumbers.test(text) ? nothing : readNumber(text, context);
  if (whole.found.length > 0) return whole;
  const parts = findIdentifiers(text, { kinds: ['phone'], defaultCountry: context.country });
  const found = parts.map(({ key }) => ({ kind: 'phone' as const, value: key }));
  const others = withoutSpans(text, parts).split(separators);
  const reading = joinReadings([{ found, problems: [] }, ...others.map((part) => readPart(part, context))]);
  return reading.found.length + reading.problems.length > 0 ? reading : whole;
}

/** Read as one number, what stands on both sides of these could be taken for it. */
const severalNumbers = /[;|\n\r\t]|\s[/\\]\s|\p{Nd}\s\p{L}+\s\p{Nd}/u;
const separators = /[,;|\n\r\t•·]|\s(?:[/\\]|\p{L}{1,4})\s/u;

/** A part of a list: a number as people write it with its label, or words with digits among them. */
function readPart(part: string, context: PhoneContext): Reading {
  if (digitsIn(part) < digitsMin) return nothing;
  const whole = readNumber(part, context);
  return whole.found.length > 0 ? whole : joinReadings(numbersIn(part).map((run) => readRun(run, context)));
}

/** Digits among words are a phone by a country of their own, or of a range in use; others may be an order's number. */
function readRun(run: string, context: PhoneContext): Reading {
  const reading = readNumber(run, context);
  if (reading.found.length === 0 || /^\(?\+|^00/.test(run) || isInUse(run, context)) return reading;
  return { found: [], problems: [unsurePhone(run)] };
}

function isInUse(run: string, { country }: PhoneContext): boolean {
  // A label says that it is a phone; what is left to find out is its range.
  return findIdentifiers(`tel: ${run}`, { kinds: ['phone'], defaultCountry: country }).length > 0;
}

/** A number whose area stands apart is nothing without it, or somebody else's. */
function readWithArea(text: string, context: PhoneContext): Reading {
  const isWhole = /^\s*(?:\+|00)/.test(text);
  return readPhones(isWhole ? text : `${context.area} ${text}`, { ...context, area: null });
}

function readNumber(text: string, { country, callingCode }: PhoneContext): Reading {
  if (date.test(text)) return nothing;
  const result = normalizePhone(text, { defaultCountry: country });
  if (result.ok) return { found: [{ kind: 'phone', value: result.key }], problems: [] };
  if (result.reason === 'no_country' && callingCode !== null) {
    return readNumber(`${callingCode} ${text.trim()}`, { country: null, callingCode: null, area: null });
  }
  const problem = badPhone(text, result.reason, country);
  return { found: [], problems: problem === null ? [] : [problem] };
}

const date = /^\s*(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?!\d)/;
const runCharsMax = 100;
/** Fewer digits than this, in the middle of a text, are an extension, a floor, a year. */
const digitsMin = 6;

const digitsIn = (text: string): number => text.match(/\p{Nd}/gu)?.length ?? 0;

/** What looks like a number: enough digits, with what people write between them. */
function numbersIn(text: string): string[] {
  return text
    .split(/[^\p{Nd} \u00a0().+\u2010-\u2015/-]+/u)
    .flatMap((run) => run.split(/(?=\+)/))
    .map((run) => run.trim())
    .filter((run) => run.length <= runCharsMax && digitsIn(run) >= digitsMin && !date.test(run));
}

function withoutSpans(text: string, spans: readonly { at: number; written: string }[]): string {
  let rest = '';
  let end = 0;
  for (const { at, written } of spans) {
    rest += `${text.slice(end, at)}\n`;
    end = Math.max(end, at + written.length);
  }
  return rest + text.slice(end);
}
