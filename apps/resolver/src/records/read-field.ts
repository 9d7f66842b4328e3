/*
 * Reads the value of one field as its type says.
 *
 * A value that holds exactly one identifier of another family (a phone number with `+` in the email field, a profile's
 * URL in the phone field) is taken for what it is: columns get mixed up, and such a value cannot mean anything else.
 */
import { companyDomain, findIdentifiers, readIdentifier } from '@kith/identity';
import { type FieldText, type FieldUnit, textAlone, unitsOf } from './field-units.ts';
import type { PipelineField } from './pipeline.ts';
import { readEmails, readingOf } from './read-emails.ts';
import { readLinkedIn } from './read-linkedin.ts';
import { readPhones } from './read-phones.ts';
import { joinReadings, nothing, type Reading } from './reading.ts';
import { noEmail, noLinkedIn, noPhone, notReadable, tooLongToKeep } from './reasons.ts';

/** What a field gave, in its order and with repeats. */
export interface FieldReading extends Reading {
  companyDomains: string[];
}

interface FieldContext {
  type: PipelineField['type'];
  /** The country of phone numbers without one: alpha-2. */
  country: string | null;
}

/** A text longer than this is prose, not a list of addresses (UTF-16 code units). */
const textCharsMax = 20_000;
/** Longer than any identifier; Postgres indexes no more than 2,704 bytes of a row. */
const valueBytesMax = 1_000;

/** Reads a field's value, whatever it is. */
export function readField(value: unknown, context: FieldContext): FieldReading {
  const units = unitsOf(value);
  const { found, problems } = joinReadings(units.map((unit) => readUnit(unit, context)));
  const storable = found.filter(({ value: text }) => Buffer.byteLength(text) <= valueBytesMax);
  return {
    found: storable,
    problems: storable.length === found.length ? problems : [...problems, tooLongToKeep],
    companyDomains: companyDomainsOf(units, context.type),
  };
}

/** What a unit holds where it holds nothing; a free text or a URL need not identify anybody. */
const holdsNone = { email: noEmail, phone: noPhone, linkedin: noLinkedIn, url: null, text: null };

function readUnit(unit: FieldUnit, context: FieldContext): Reading {
  switch (unit.kind) {
    case 'texts':
      return readTexts(unit.texts, context);
    case 'number':
      return readNumber(unit.number, context);
    case 'other':
      return unexpected(context);
    case 'beyond':
      return { found: [], problems: [unit.reason] };
  }
}

function readTexts(texts: readonly FieldText[], context: FieldContext): Reading {
  const reading = joinReadings(texts.map((text) => readText(text, context)));
  const none = holdsNone[context.type];
  const isEmpty = texts.every(({ text }) => text.trim() === '');
  if (isEmpty || none === null || reading.found.length + reading.problems.length > 0) return reading;
  return { found: [], problems: [none] };
}

/** CRMs keep phone numbers as numbers, too; nothing else that identifies can be one. */
function readNumber(number: number, context: FieldContext): Reading {
  if (context.type !== 'phone' || !Number.isSafeInteger(number) || number < 0) return unexpected(context);
  return readTexts([textAlone(String(number))], context);
}

const unexpected = ({ type }: FieldContext): Reading =>
  holdsNone[type] === null ? nothing : { found: [], problems: [notReadable] };

function readText(text: FieldText, context: FieldContext): Reading {
  if (text.text.length > textCharsMax) {
    return { found: [], problems: [`is longer than ${textCharsMax} characters`] };
  }
  const reading = readAs[context.type](text, context.country);
  if (reading.found.length > 0 || context.type === 'text' || context.type === 'url') return reading;
  const other = readMisplaced(text.text);
  return other.found.length + other.problems.length > 0 ? other : reading;
}

const readAs: Record<PipelineField['type'], (text: FieldText, country: string | null) => Reading> = {
  email: ({ text }) => readEmails(text),
  phone: ({ text, beside }, country) =>
    readPhones(text, {
      ...beside,
      country: beside.country ?? (beside.callingCode === null ? country : null),
    }),
  linkedin: ({ text, mayBeHandle }) => readLinkedIn(text, { mayBeHandle }),
  url: ({ text }) => {
    const { found, problems } = readLinkedIn(text, { mayBeHandle: false });
    return {
      found,
      problems: found.length === 0 && /\/(?:in|pub|sales|talent)\//.test(text) ? problems : [],
    };
  },
  text: ({ text }, country) =>
    joinReadings(
      findIdentifiers(text, { defaultCountry: country }).map(({ kind, key }) =>
        kind === 'email' ? readingOf(key) : { found: [{ kind, value: key }], problems: [] },
      ),
    ),
};

function readMisplaced(text: string): Reading {
  // Bare digits could be anything; a sign of their own is what makes the others certain.
  if (!/[@+:/]/.test(text)) return nothing;
  const result = readIdentifier(text);
  if (!result.ok) return nothing;
  return result.kind === 'email'
    ? readingOf(result.key)
    : { found: [{ kind: result.kind, value: result.key }], problems: [] };
}

function companyDomainsOf(units: readonly FieldUnit[], type: PipelineField['type']): string[] {
  if (type !== 'url') return [];
  const texts = units.flatMap((unit) => (unit.kind === 'texts' ? unit.texts : []));
  const words = texts.flatMap(({ text }) => text.slice(0, textCharsMax).split(/[\s,;|<>"']+/));
  const pages = words.filter((word) => word.includes('.') && !/linkedin\.com|lnkd\.in/i.test(word));
  const domains = pages.slice(0, pagesMax).map((page) => companyDomain(page));
  return [...new Set(domains.flatMap((result) => (result.ok ? [result.domain] : [])))];
}

const pagesMax = 20;
