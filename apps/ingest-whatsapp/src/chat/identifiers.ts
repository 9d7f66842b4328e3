/*
 * Reads the ids that one body names people by.
 *
 * Every id is normalised once per body: a history of thousands of messages names the same two people in each of
 * them. What does not normalise is null; nobody is made of it.
 */
import type { Identifier } from '@kith/contracts';
import { normalizeWhatsApp } from '@kith/identity';
import { cleanText } from '@kith/ingest/clean-text';
import { textOf } from '@kith/ingest/loose-json';

/** The identifier that a value of a payload is, or null. */
export type IdentifierReader = (value: unknown) => Identifier | null;

const textCharsMax = 400;
const valueCharsMax = 512;
/** So many can one person have. */
const identifiersMax = 10;

/** Reads ids, with business-scoped user ids within this scope. */
export function createIdentifierReader(scope: string): IdentifierReader {
  const known = new Map<string, Identifier | null>();
  return (value) => {
    const text = textOf(value);
    if (text === null || text.length > textCharsMax) return null;
    const found = known.get(text);
    if (found !== undefined) return found;
    const identifier = normalise(text, scope);
    known.set(text, identifier);
    return identifier;
  };
}

/**
 * Within what a business-scoped user id is unique: the business portfolio that the account's settings name, or what
 * comes nearest to it. Never nothing, because the same id of two businesses is two people.
 */
export function scopeOf(...candidates: readonly unknown[]): string {
  for (const candidate of candidates) {
    const text = textOf(candidate)?.trim() ?? '';
    if (/^(?:(?![:?#/])[!-~]){1,200}$/.test(text)) return text;
  }
  return 'unknown';
}

/** Those that could be read, each once, in their order. */
export function identifiersOf(found: readonly (Identifier | null)[]): Identifier[] {
  const each = new Map<string, Identifier>();
  for (const identifier of found) {
    if (identifier !== null && each.size < identifiersMax) each.set(keyOf(identifier), identifier);
  }
  return [...each.values()];
}

/** Whether two identifiers are the same; nothing is the same as null. */
export function sameIdentifier(one: Identifier | null, other: Identifier | null): boolean {
  return one !== null && other !== null && keyOf(one) === keyOf(other);
}

function normalise(text: string, scope: string): Identifier | null {
  const result = normalizeWhatsApp(text, { scope });
  if (!result.ok || cleanText(result.key, valueCharsMax) !== result.key) return null;
  return { kind: result.kind, value: result.key };
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind} ${value}`;
}
