/*
 * Who takes part in a chat's message, each once.
 *
 * `sender` usually stands among `attendees` again, and the account itself does or does not, depending on Unipile's
 * version. Entries are one person when they share the network's id or an identifying identifier; a shared email is
 * no reason. Linear in the number of entries.
 */
import { type Identifier, identifyingKinds } from '@kith/contracts';
import { cutText } from '@kith/ingest/clean-text';
import type { ChatChannel } from './chat-channel.ts';
import type { UnipilePerson } from './person.ts';

/** Somebody gathered from one or more entries; without identifiers when nothing of them normalises. */
export interface KnownPerson {
  identifiers: readonly Identifier[];
  displayName: string | null;
  isOwn: boolean;
}

/** The people of one event. */
export interface People {
  /** Adds an entry, or what it tells of somebody who is there already. */
  add(person: UnipilePerson, isOwn: boolean): KnownPerson;
  /** Who an entry is, if they are there. */
  find(person: UnipilePerson): KnownPerson | null;
  /** Adds what an entry tells to somebody of whom the chat itself shows that they are meant. */
  tie(known: KnownPerson, person: UnipilePerson): void;
  all(): readonly KnownPerson[];
}

const identifiersMax = 10;

/** Gathers people. */
export function gatherPeople(channel: ChatChannel): People {
  const byKey = new Map<string, KnownPerson>();
  const people: KnownPerson[] = [];
  const findEntry = ({ keys }: Entry): KnownPerson | null => {
    for (const key of keys) {
      const known = byKey.get(key);
      if (known !== undefined) return known;
    }
    return null;
  };
  const tieEntry = (known: KnownPerson, { person, identifiers, keys }: Entry): void => {
    known.displayName ??= person.name === null ? null : cutText(person.name, 300);
    known.identifiers = joined(channel, known.identifiers, identifiers);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, known);
  };
  return {
    find: (person) => findEntry(entryOf(channel, person)),
    tie: (known, person) => tieEntry(known, entryOf(channel, person)),
    add: (person, isOwn) => {
      const entry = entryOf(channel, person);
      let known = findEntry(entry);
      if (known === null) {
        known = { identifiers: [], displayName: null, isOwn: false };
        people.push(known);
      }
      known.isOwn ||= isOwn || person.isSelf;
      tieEntry(known, entry);
      return known;
    },
    all: () => people,
  };
}

/** Somebody with what they are found by. */
interface Entry {
  person: UnipilePerson;
  identifiers: readonly Identifier[];
  keys: readonly string[];
}

function entryOf(channel: ChatChannel, person: UnipilePerson): Entry {
  const identifiers = channel.identifiersOf(person);
  const keys = identifiers.filter((found) => isIdentifying(channel, found)).map(keyOf);
  if (person.providerId !== null) keys.unshift(`id ${person.providerId}`);
  return { person, identifiers, keys };
}

/** Both lists without repeats, clues after what identifies. */
function joined(
  channel: ChatChannel,
  left: readonly Identifier[],
  right: readonly Identifier[],
): Identifier[] {
  const unique = new Map([...left, ...right].map((identifier) => [keyOf(identifier), identifier]));
  const all = [...unique.values()];
  const identifying = all.filter((identifier) => isIdentifying(channel, identifier));
  const clues = all.filter((identifier) => !isIdentifying(channel, identifier));
  // A participant is somebody on this channel: an email alone is nobody here.
  return identifying.length === 0 ? [] : [...identifying, ...clues].slice(0, identifiersMax);
}

/** Whether an identifier says who somebody is on the channel. */
export function isIdentifying({ channel }: ChatChannel, { kind }: Identifier): boolean {
  const kinds: readonly string[] = identifyingKinds[channel];
  return kinds.includes(kind);
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind} ${value}`;
}
