/*
 * What a field's value is made of, whatever shape a CRM sends it in: a text, a number, a list, an object with labels
 * beside its value (`[{ value, label }]`, `{ primaryEmail, additionalEmails }`, `{ number, countryCode }`).
 *
 * Texts that only tell about the value (its label, its type, when it was changed and by whom) are left out, so that
 * they neither identify somebody else nor count as unreadable. Total and bounded: any value, however deep or long.
 */
import { aboutAnother, type BesideNumber, besideNumber, isPhoneKey, maySayHandle } from './field-keys.ts';

/** A text of a field, and what the object around it says of it. */
export interface FieldText {
  text: string;
  /** A word without any LinkedIn URL around it may be a profile's name here. */
  mayBeHandle: boolean;
  beside: BesideNumber;
}

/** A value that stands for itself: a text, or an object with all its texts; a number; what nothing is read of. */
export type FieldUnit =
  | { kind: 'texts'; texts: FieldText[] }
  | { kind: 'number'; number: number }
  /** A value that no field of the type has, such as `true`. */
  | { kind: 'other' }
  | { kind: 'beyond'; reason: string };

/** Values of a field beyond this many are not read. */
export const textsMax = 5_000;
const depthMax = 6;

/** A text with nothing beside it. */
export const textAlone = (text: string): FieldText => ({
  text,
  mayBeHandle: true,
  beside: { country: null, callingCode: null, area: null },
});

/** The units of a field's value, in order; the last one tells when there are too many. */
export function unitsOf(value: unknown): FieldUnit[] {
  const walk: Walk = { units: [], left: textsMax };
  collectUnits(value, 0, walk);
  if (walk.left >= 0) return walk.units;
  return [
    ...walk.units,
    { kind: 'beyond', reason: `holds more than ${textsMax} values: the others are not read` },
  ];
}

interface Walk {
  units: FieldUnit[];
  left: number;
}

function collectUnits(value: unknown, depth: number, walk: Walk): void {
  // Some CRMs write false for a field without a value.
  if (value === null || value === undefined || value === false) return;
  if (Array.isArray(value) && depth < depthMax) {
    for (const entry of value as unknown[]) {
      if (walk.left < 0) return;
      collectUnits(entry, depth + 1, walk);
    }
    return;
  }
  walk.left -= 1;
  if (walk.left >= 0) walk.units.push(unitOf(value, depth, walk));
}

function unitOf(value: unknown, depth: number, walk: Walk): FieldUnit {
  if (typeof value === 'string') return { kind: 'texts', texts: [textAlone(value)] };
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (depth >= depthMax) return { kind: 'beyond', reason: 'is nested too deep to be read' };
  if (!isPlainObject(value)) return { kind: 'other' };
  const texts: FieldText[] = [];
  collectTexts(value, depth + 1, { texts, walk });
  return { kind: 'texts', texts };
}

/** The texts of an object and of what lies in it. */
function collectTexts(object: object, depth: number, into: Into): void {
  const beside = besideNumber(object);
  for (const [key, value] of Object.entries(object)) {
    if (into.walk.left < 0) return;
    if (!aboutAnother(key)) collectEntry({ key, value, beside }, depth, into);
  }
}

interface Into {
  texts: FieldText[];
  walk: Walk;
}

interface Entry {
  key: string;
  value: unknown;
  beside: BesideNumber;
}

function collectEntry(entry: Entry, depth: number, into: Into): void {
  const { key, value, beside } = entry;
  into.walk.left -= 1;
  const text = textOf(key, value);
  if (into.walk.left < 0) return;
  if (text !== null) into.texts.push({ text, mayBeHandle: maySayHandle(key), beside });
  else if (Array.isArray(value) && depth < depthMax) {
    for (const item of value as unknown[]) {
      if (into.walk.left < 0) return;
      collectEntry({ ...entry, value: item }, depth + 1, into);
    }
  } else if (isPlainObject(value) && depth < depthMax) collectTexts(value, depth + 1, into);
}

/** A number counts within an object only where its key says so: it could as well be an amount or a time. */
function textOf(key: string, value: unknown): string | null {
  if (typeof value === 'string') return isoDate.test(value) ? null : value;
  if (typeof value === 'number' && isPhoneKey(key) && Number.isSafeInteger(value)) return String(value);
  return null;
}

const isoDate = /^\s*\d{4}-\d{2}-\d{2}([T ]|\s*$)/;

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
