/*
 * Which identifiers are one participant. Pure.
 *
 * Participants are connected components over identifiers: what messages name together is one, through any chain,
 * and what is one already stays one. Only a person can say that two participants are not one: then no message joins
 * them, and what a batch says is taken in a fixed order, so that the same one is left out each time.
 */
import { type Components, createComponents } from './components.ts';
import { compareText } from './identifier-facts.ts';

/** What is known and what a batch says. Keys are `identifierKey`s. */
export interface IdentityInput {
  keys: Iterable<string>;
  /** Keys that a message gives to one person. */
  groups: readonly (readonly string[])[];
  /** The participant of each key that is stored. */
  known: ReadonlyMap<string, string>;
  /** Participants that a person keeps apart. */
  apart?: readonly (readonly [string, string])[];
}

/** One participant to be: its keys in the batch, and the participants that already have some of them. */
export interface Identity {
  keys: string[];
  participantIds: string[];
}

/** The components, each key in exactly one. */
export function findIdentities(input: IdentityInput): Identity[] {
  const components = createComponents();
  for (const key of input.keys) components.root(key);
  const keyOf = joinKnown(components, input.known);
  const apart = keysApart(input.apart ?? [], keyOf);
  if (apart.length === 0) for (const group of input.groups) components.join(group);
  else for (const group of inFixedOrder(input.groups)) joinUnlessApart(components, group, apart);
  return components.groups().map((keys) => ({
    keys,
    participantIds: [...new Set(keys.map((key) => input.known.get(key)))].filter((id) => id !== undefined),
  }));
}

/** Joins what already is one participant; answers a key of each. */
function joinKnown(components: Components, known: ReadonlyMap<string, string>): Map<string, string> {
  const keyOf = new Map<string, string>();
  for (const [key, participantId] of known) {
    const first = keyOf.get(participantId);
    if (first === undefined) keyOf.set(participantId, key);
    else components.join([first, key]);
  }
  return keyOf;
}

/** A key of each of two participants that a person keeps apart. */
type Apart = readonly [string, string];

function keysApart(
  pairs: readonly (readonly [string, string])[],
  keyOf: ReadonlyMap<string, string>,
): Apart[] {
  return pairs.flatMap(([a, b]) => {
    const keys = [keyOf.get(a), keyOf.get(b)] as const;
    return keys[0] === undefined || keys[1] === undefined ? [] : [[keys[0], keys[1]]];
  });
}

function inFixedOrder(groups: IdentityInput['groups']): string[][] {
  const sorted = groups.map((group) => group.toSorted(compareText));
  return sorted.toSorted((a, b) => compareText(a.join('\n'), b.join('\n')));
}

/** Joins each two keys of the group, unless that would bring together what a person keeps apart. */
function joinUnlessApart(components: Components, group: readonly string[], apart: readonly Apart[]): void {
  for (const [index, key] of group.entries()) {
    for (const other of group.slice(0, index)) {
      const [one, two] = [components.root(other), components.root(key)];
      const meets = ([a, b]: Apart): boolean => {
        const [rootA, rootB] = [components.root(a), components.root(b)];
        return (rootA === one && rootB === two) || (rootA === two && rootB === one);
      };
      if (one !== two && !apart.some(meets)) components.join([other, key]);
    }
  }
}
