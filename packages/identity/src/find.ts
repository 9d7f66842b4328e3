/*
 * Identifiers inside free text: a mail's signature, a note, a profile's description.
 *
 * Stricter than reading a field: a phone must be of a range in use and written like one, a LinkedIn slug must stand in
 * a URL. Reads a bounded part of the text, so that a megabyte costs what a page costs.
 */
import { findEmails } from './find-emails.ts';
import { findLinkedIn } from './find-linkedin.ts';
import { findPhones } from './find-phones.ts';
import type { IdentifierKind } from './identifier.ts';

/** An identifier that a text contains. */
export interface FoundIdentifier {
  kind: IdentifierKind;
  key: string;
  loose: string;
  /** As it stands in the text. */
  written: string;
  /** Where it begins (UTF-16 code units). */
  at: number;
}

/** What to look for. */
export interface FindOptions {
  /** ISO code of the country whose national phone numbers are meant; without it only international ones are found. */
  defaultCountry?: string | null;
  /** Which kinds to look for; all when left out. */
  kinds?: readonly ('email' | 'phone' | 'linkedin')[];
}

const textCharsMax = 20_000;

/** Finds the identifiers in a text's first 20,000 characters, in order of appearance and without repeats. */
export function findIdentifiers(text: string, options: FindOptions = {}): FoundIdentifier[] {
  const part = text.slice(0, textCharsMax);
  const kinds = options.kinds ?? ['email', 'phone', 'linkedin'];
  const found = [
    ...(kinds.includes('email') ? findEmails(part) : []),
    ...(kinds.includes('phone') ? findPhones(part, options.defaultCountry ?? null) : []),
    ...(kinds.includes('linkedin') ? findLinkedIn(part) : []),
  ].toSorted((one, other) => one.at - other.at);
  const firstOfEach = new Map<string, FoundIdentifier>();
  for (const each of found) {
    const id = `${each.kind} ${each.key}`;
    if (!firstOfEach.has(id)) firstOfEach.set(id, each);
  }
  return [...firstOfEach.values()];
}
