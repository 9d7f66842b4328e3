/* Whether somebody in a chat is the one whose history is asked for. */
import type { Identifier } from '@kith/contracts';
import type { ChatChannel } from '../chat-channel.ts';
import { isIdentifying } from '../people.ts';
import { readPerson } from '../person.ts';

/** Tells of an entry of Unipile's lists whether it is somebody asked for. */
export type IsAskedFor = (entry: unknown) => boolean;

/** Everybody, where no identifiers are given. */
export function createIsAskedFor(
  channel: ChatChannel,
  identifiers: readonly Identifier[] | null,
): IsAskedFor {
  if (identifiers === null) return () => true;
  const asked = new Set(identifiers.map(keyOf));
  return (entry) => {
    const person = readPerson(entry);
    return person !== null && channel.identifiersOf(person).some((found) => asked.has(keyOf(found)));
  };
}

/** Whether the channel could know somebody by one of these. */
export function canBeKnown(channel: ChatChannel, identifiers: readonly Identifier[] | null): boolean {
  return identifiers === null || identifiers.some((identifier) => isIdentifying(channel, identifier));
}

const keyOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;
