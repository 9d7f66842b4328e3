import { classifyEmail, findIdentifiers, normalizeEmail } from '@kith/identity';
import { joinReadings, nothing, type Reading } from './reading.ts';
import { badEmail, machineAddress } from './reasons.ts';

/**
 * Every address in a text: alone, in a list with any separator, in angle brackets after a name, behind `mailto:` or
 * another label, or in the middle of a sentence.
 */
export function readEmails(text: string): Reading {
  if (!text.includes('@')) return nothing;
  if (text.indexOf('@') === text.lastIndexOf('@')) {
    const whole = normalizeEmail(text);
    if (whole.ok) return readingOf(whole.key);
  }
  return joinReadings(text.split(separators).flatMap(wordsIn).map(readWord));
}

/** An address as a reading: a machine's identifies nobody. */
export function readingOf(address: string): Reading {
  if (classifyEmail(address) === 'machine') return { found: [], problems: [machineAddress(address)] };
  return { found: [{ kind: 'email', value: address }], problems: [] };
}

const wordCharsMax = 1000;
const separators = /[\s\p{Cf}<>()[\]{}",;|]+/u;

function wordsIn(part: string): string[] {
  const at = part.indexOf('@');
  if (at < 0) return [];
  const words = part.indexOf('@', at + 1) < 0 ? [part] : part.split(/[/\\&]/);
  return words.map(bare).filter((word) => word.includes('@'));
}

/** Without a label (`mailto:`, `SMTP:`, `work:`), what a `mailto:` says after the address, and punctuation. */
function bare(word: string): string {
  // A word this long is no address, and cutting at its ends is not linear.
  if (word.length > wordCharsMax) return word;
  return word
    .replace(/^(?:[\p{L}-]{1,20}:)+/u, '')
    .replace(/\?.*$/s, '')
    .replace(/^['`*.:=]+|['`*.:!]+$/g, '');
}

function readWord(word: string): Reading {
  const result = normalizeEmail(word);
  if (result.ok) return readingOf(result.key);
  const inside = findIdentifiers(word, { kinds: ['email'] });
  if (inside.length === 0) return { found: [], problems: [badEmail(word)] };
  return joinReadings(inside.map(({ key }) => readingOf(key)));
}
