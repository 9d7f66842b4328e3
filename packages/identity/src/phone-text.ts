/*
 * Takes a written phone number apart: its digits, whether they begin with a country, and an extension.
 *
 * Knows how numbers are written (`tel:` links, labels, extensions, WhatsApp ids, digits of other scripts), nothing of
 * numbering plans. A letter anywhere else makes a text no number: vanity numbers are not guessed.
 */
import { asciiDigits, visibleText } from './visible-text.ts';

/** The parts of a written number. */
export interface PhoneParts {
  /** Digits only, the bracketed trunk zero of `+44 (0)20` included. */
  digits: string;
  /** The same without that zero, when there is one. */
  digitsWithoutTrunk: string | null;
  /** Begins with `+`, so that the digits begin with a country's calling code. */
  isInternational: boolean;
  extension: string | null;
}

/** A number with its note is shorter than this (UTF-16 code units). */
const textCharsMax = 250;
const rawCharsMax = 1_000;

/** Reads a written number; the reason says why it cannot be one. */
export function readPhoneText(text: string): PhoneParts | 'empty' | 'too_long' | 'not_a_number' {
  if (text.length > rawCharsMax) return 'too_long';
  const seen = asciiDigits(visibleText(text))
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\ufe62\u207a]/g, '+');
  if (seen === '') return 'empty';
  if (seen.length > textCharsMax) return 'too_long';
  const jid = /^(?:whatsapp:)?\+?([1-9]\d+)(?:\.\d+)?(?::\d+)?@(?:s\.whatsapp\.net|c\.us|hosted)$/i.exec(
    seen,
  );
  if (jid !== null) return partsOf(`+${jid[1]}`, null);
  const uri = /^tel:(?:\/\/)?([^;]*)((?:;[^;]*)*)$/i.exec(seen);
  return uri === null ? readWritten(seen) : readTelUri(uri[1] ?? '', uri[2] ?? '');
}

/** RFC 3966: `tel:+1-415-555-2671;ext=5`, `tel:863-1234;phone-context=+1-914-555`. */
function readTelUri(number: string, parameters: string): PhoneParts | 'not_a_number' {
  const values = new Map(
    parameters.split(';').map((parameter): [string, string] => {
      const [name = '', ...value] = parameter.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  const spoken = decodePercent(number);
  const context = decodePercent(values.get('phone-context') ?? '');
  const isGlobal = spoken.trim().startsWith('+') || !context.startsWith('+');
  const parts = readWritten(isGlobal ? spoken : `${context} ${spoken}`);
  const extension = values.get('ext')?.replace(/\D/g, '') ?? '';
  if (typeof parts === 'string') return 'not_a_number';
  return extension === '' ? parts : { ...parts, extension };
}

// `Tel.:`, `T `, `Mobil:`, `WhatsApp`: what stands before a number in a signature or a spreadsheet.
const label =
  /^(?:[\p{L}\p{M} ./]{1,30}\s?:|(?:tel|tél|telefon|telefono|phone|ph|mob|mobil|mobile|cell|cel|handy|fon|fax|office|direct|t|m|p|f|w|o)\b\.?(?=\s*[+(\d])|(?:callto|sms|fax|whatsapp|wa):)\s*/iu;
const note = /\s*\([\p{L}\p{M} .]{1,30}\)$/u;
const extensionWord =
  /^(.*\d[)\s]*)[\s,;./-]*(?:\b(?:ext(?:ension|n)?|xt|int(?:erno)?|anexo|ramal|poste|durchwahl|dw|доб|wew|tst|klapka|dahili)\b|x|#|内線)[\s.:=-]*(\d{1,9})#?$/iu;
// Pauses of a dialling program: `+14155552671,,23`.
const pausedExtension = /^(.*\d[)\s]*)\s*[,;]{1,4}\s*(\d{1,6})#?$/;

function readWritten(seen: string): PhoneParts | 'not_a_number' {
  const bare = seen.replace(label, '').replace(note, '').trim();
  const split = extensionWord.exec(bare) ?? pausedExtension.exec(bare);
  return split === null ? partsOf(bare, null) : partsOf(split[1] ?? '', split[2] ?? null);
}

function partsOf(number: string, extension: string | null): PhoneParts | 'not_a_number' {
  // One plus, at the start or in a bracket there; digits; what people put between them.
  if (!/^\(?\s*\+?[\d\s().\-/\u2022\u00b7[\]]+$/.test(number) || !/\d/.test(number)) return 'not_a_number';
  const withoutTrunk = number.replace(/[([]\s*0\s*[)\]]/, '');
  return {
    digits: number.replace(/\D/g, ''),
    digitsWithoutTrunk: withoutTrunk === number ? null : withoutTrunk.replace(/\D/g, ''),
    isInternational: number.includes('+'),
    extension,
  };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
