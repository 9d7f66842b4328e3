/*
 * Somebody as a payload names them: what could be read of their ids, and how they are written where nothing could.
 */
import type { DeliveredParticipant, Identifier } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { textOf } from '@kith/ingest/loose-json';
import { identifiersOf, sameIdentifier } from './identifiers.ts';

/** Somebody; without identifiers they are no participant, but still have a conversation. */
export interface Person {
  identifiers: Identifier[];
  displayName: string | null;
  /** An id of theirs as it was written, or null where the payload names nobody. */
  written: string | null;
}

/** Nobody. */
export const nobody: Person = { identifiers: [], displayName: null, written: null };

const nameCharsMax = 300;

/** A name as people have them, or null. */
export function displayNameOf(value: unknown): string | null {
  return textOf(cleanText(textOf(value) ?? '', nameCharsMax).trim());
}

/** One person out of two that the payload says are one; what the first has comes first. */
export function joined(one: Person, other: Person): Person {
  return {
    identifiers: identifiersOf([...one.identifiers, ...other.identifiers]),
    displayName: one.displayName ?? other.displayName,
    written: one.written ?? other.written,
  };
}

/** Whether nothing speaks against two being one: they share an identifier, or have none of the same kind. */
export function canBeOne(one: Person, other: Person): boolean {
  const pairs = one.identifiers.flatMap((mine) => other.identifiers.map((theirs) => [mine, theirs] as const));
  return (
    pairs.some(([mine, theirs]) => sameIdentifier(mine, theirs)) ||
    pairs.every(([mine, theirs]) => mine.kind !== theirs.kind)
  );
}

/** The participant that somebody is, in a list to be spread: empty where nothing identifies them. */
export function inRole(role: DeliveredParticipant['role'], person: Person): DeliveredParticipant[] {
  const { identifiers, displayName } = person;
  return identifiers.length === 0 ? [] : [{ role, identifiers, displayName }];
}

/** The account's own side, in a list to be spread. */
export function ownInRole(
  role: DeliveredParticipant['role'],
  own: Identifier | null,
): DeliveredParticipant[] {
  return own === null ? [] : [{ role, identifiers: [own], displayName: null, own: true }];
}
