/*
 * From a record's fields to the identifiers that may link it. Pure, and total: a field that cannot be read is kept
 * with the reason why it identifies nothing, for `records.get` to show.
 */
import type { Identifier } from '@kith/contracts';
import { normalizeEmail } from '@kith/identity';
import type { PipelineField } from './pipeline.ts';

/** What a record's fields gave. */
export interface Extraction {
  identifiers: (Identifier & { field: string })[];
  unreadable: { field: string; reason: string }[];
}

/** A field longer than this is prose, not a list of addresses (UTF-16 code units). */
const fieldCharsMax = 20_000;

/** Reads every identifying field whose type Kith can normalise: email addresses. */
export function extractIdentifiers(
  fields: Readonly<Record<string, unknown>>,
  declared: readonly PipelineField[],
): Extraction {
  const extraction: Extraction = { identifiers: [], unreadable: [] };
  for (const { key, type, identifies } of declared) {
    if (type !== 'email' || identifies === false || fields[key] === undefined) continue;
    readEmails(extraction, key, fields[key]);
  }
  return { ...extraction, identifiers: withoutRepeats(extraction.identifiers) };
}

function readEmails(extraction: Extraction, field: string, value: unknown): void {
  for (const text of textsIn(value)) {
    if (text === null) {
      extraction.unreadable.push({ field, reason: 'is neither a text nor a list of texts' });
      continue;
    }
    if (text.length > fieldCharsMax) {
      extraction.unreadable.push({ field, reason: `is longer than ${fieldCharsMax} characters` });
      continue;
    }
    const found = addressesIn(text);
    for (const address of found) extraction.identifiers.push({ kind: 'email', value: address, field });
    if (found.length === 0 && text.trim() !== '') {
      extraction.unreadable.push({ field, reason: 'holds no email address' });
    }
  }
}

function textsIn(value: unknown): (string | null)[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'string' ? entry : null));
  return [typeof value === 'string' ? value : null];
}

/** Every address in a text: alone, in a list, in angle brackets after a name, or in the middle of a sentence. */
function addressesIn(text: string): string[] {
  return text.split(/[\s,;|<>()[\]]+/).flatMap((word) => {
    if (!word.includes('@')) return [];
    const result = normalizeEmail(word.replace(/^["'.:]+|["'.:!?]+$/g, ''));
    return result.ok ? [result.key] : [];
  });
}

function withoutRepeats<T extends Identifier & { field: string }>(identifiers: readonly T[]): T[] {
  return [
    ...new Map(identifiers.map((found) => [`${found.kind} ${found.value} ${found.field}`, found])).values(),
  ];
}
