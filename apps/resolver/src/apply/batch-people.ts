/*
 * Everybody whom a batch names: in messages, as who reacted to one, as who an account is related to. Pure.
 */
import type { DeliveredPerson } from '@kith/contracts';
import type { Arrived } from './decode.ts';
import type { BatchItems, Said } from './lay-out.ts';

/** Somebody, and how they are named. */
export interface NamedPerson {
  person: DeliveredPerson;
  arrived: Arrived;
  receivedAt: string;
  namedAt: string;
  /** Whether the name is the one that its bearer goes by, or one that others have given. */
  namedBySelf: boolean;
  /** Whether a message is theirs. A reaction makes nobody an author. */
  wrote: boolean;
}

/** Everybody, as often as they are named. */
export function peopleIn({ copies, reactions, relations }: BatchItems): NamedPerson[] {
  return [
    ...copies.flatMap((copy) =>
      copy.item.participants.map((person) => {
        const wrote = person.role === 'from';
        return named(copy, person, { namedBySelf: wrote, wrote });
      }),
    ),
    ...reactions.map((said) => named(said, said.item.person, { namedBySelf: true, wrote: false })),
    // A connection is shown with its own profile's name, a contact with what the address book calls it.
    ...relations.map((said) =>
      named(said, said.item.person, { namedBySelf: said.item.relation === 'connection', wrote: false }),
    ),
  ];
}

function named(
  { arrived, receivedAt, at }: Said,
  person: DeliveredPerson,
  how: { namedBySelf: boolean; wrote: boolean },
): NamedPerson {
  return { person, arrived, receivedAt, namedAt: at, ...how };
}
