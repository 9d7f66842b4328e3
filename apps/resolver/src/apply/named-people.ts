/*
 * Everybody whom a batch names, gathered by identifier. Pure.
 *
 * An identifier is listed once, with all that the batch says of it. Identifiers of one person that say who somebody
 * is are a group: they belong to one participant. Others of the same person are clues. Somebody of whom a message
 * gives only clues is left out; the message is stored all the same.
 */
import type { Channel, Identifier, ParticipantNature } from '@kith/contracts';
import { classifyEmail } from '@kith/identity';
import { idOf } from '@kith/service';
import type { OwnIdentity } from '../accounts/learn-own.ts';
import type { NamedPerson } from './batch-people.ts';
import {
  combineFacts,
  type GivenName,
  type IdentifierFacts,
  noName,
  strongerNature,
} from './identifier-facts.ts';
import { identifierKey, isIdentifying } from './items.ts';

/** An identifier with what the batch says of it. */
export interface NamedIdentifier extends IdentifierFacts {
  /** Its `identifierKey`. */
  key: string;
  id: string;
  channel: Channel;
  kind: Identifier['kind'];
  value: string;
}

/** Something that came with an identifier and only hints at who its bearer is. */
export interface Clue extends Identifier {
  identifierId: string;
}

/** The people of a batch. */
export interface NamedPeople {
  /** By `identifierKey`. */
  identifiers: ReadonlyMap<string, NamedIdentifier>;
  /** Keys that a delivery gives to one person: two or more each. */
  groups: readonly string[][];
  clues: readonly Clue[];
  /** What the accounts are themselves, by what their providers say of their own side. */
  own: readonly OwnIdentity[];
}

/** Gathers the people. */
export function collectPeople(workspace: string, people: readonly NamedPerson[]): NamedPeople {
  const gathering: Gathering = {
    workspace,
    identifiers: new Map(),
    groups: [],
    clues: new Map(),
    own: new Map(),
  };
  for (const named of people) addPerson(gathering, named);
  const { identifiers, groups, clues, own } = gathering;
  return { identifiers, groups, clues: [...clues.values()], own: [...own.values()] };
}

interface Gathering {
  workspace: string;
  identifiers: Map<string, NamedIdentifier>;
  groups: string[][];
  clues: Map<string, Clue>;
  own: Map<string, OwnIdentity>;
}

function addPerson(gathering: Gathering, saying: NamedPerson): void {
  const { person } = saying;
  const { channel, origin, accountId } = saying.arrived.delivery;
  const facts: IdentifierFacts = {
    ...nameGiven(saying),
    nature: person.nature ?? 'person',
    firstSeenAt: saying.receivedAt,
    seenByWebhook: origin === 'webhook',
    wroteAsPerson: saying.wrote && (person.nature ?? 'person') === 'person',
  };
  const named = person.identifiers
    .filter(({ kind }) => isIdentifying(channel, kind))
    .map((identifier) => addIdentifier(gathering, { channel, identifier, facts }));
  const [first] = named;
  if (first === undefined) return;
  if (named.length > 1) gathering.groups.push(named.map(({ key }) => key));
  if (person.own === true) {
    for (const { kind, value } of named) {
      gathering.own.set(`${accountId} ${kind} ${value}`, { accountId, kind, value });
    }
  }
  for (const { kind, value } of person.identifiers) {
    if (isIdentifying(channel, kind)) continue;
    // With the identifier that wrote or was written to, so that it goes where that one goes.
    gathering.clues.set(`${first.id} ${kind} ${value}`, { kind, value, identifierId: first.id });
  }
}

function addIdentifier(
  { workspace, identifiers }: Gathering,
  named: { channel: Channel; identifier: Identifier; facts: IdentifierFacts },
): NamedIdentifier {
  const { channel, identifier } = named;
  const key = identifierKey(channel, identifier);
  const known = identifiers.get(key);
  const facts = withOwnNature(identifier, named.facts);
  if (known !== undefined) return Object.assign(known, combineFacts(known, facts));
  const { kind, value } = identifier;
  const id = idOf(workspace, 'participant', channel, kind, value);
  const added = { ...facts, key, id, channel, kind, value };
  identifiers.set(key, added);
  return added;
}

/** An address that says itself that nobody reads it is no person's, also when it writes. */
function withOwnNature(identifier: Identifier, facts: IdentifierFacts): IdentifierFacts {
  const own = natureOf(identifier);
  return {
    ...facts,
    nature: strongerNature(facts.nature, own),
    wroteAsPerson: facts.wroteAsPerson && own !== 'machine',
  };
}

function nameGiven({ person: { displayName }, namedBySelf, namedAt }: NamedPerson): GivenName {
  if (displayName === null || displayName === '') return noName;
  return { displayName, namedBySelf, namedAt };
}

/** What an identifier says by itself of whoever is behind it. */
function natureOf({ kind, value }: Identifier): ParticipantNature {
  return kind === 'email' ? classifyEmail(value) : 'person';
}
