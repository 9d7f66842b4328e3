/*
 * Which participant each component of identifiers becomes: a new one, the one it has, or the oldest of several that
 * turned out to be one. Pure.
 */
import { type Channel, identifyingKinds } from '@kith/contracts';
import type { ParticipantMerge } from '../resolve/merge-participants.ts';
import { betterName, compareText, shownNature, strongerNature } from './identifier-facts.ts';
import type { Identity } from './identity-components.ts';
import type { NamedIdentifier } from './named-people.ts';

/** A participant to make, with what lists show of it. */
export interface NewParticipant {
  id: string;
  channel: Channel;
  identifier: string;
  displayName: string | null;
  nature: string;
}

/** Where everybody is. */
export interface Placed {
  /** The participant of each key. */
  participantOf: ReadonlyMap<string, string>;
  created: NewParticipant[];
}

/** Who stays where several participants turned out to be one: the oldest, and of equally old ones the smallest id. */
export function planMerges(
  identities: readonly Identity[],
  createdAt: ReadonlyMap<string, string>,
): ParticipantMerge[] {
  const age = (id: string): string => `${createdAt.get(id) ?? ''} ${id}`;
  return identities.flatMap(({ participantIds }) => {
    const [into, ...from] = participantIds.toSorted((a, b) => compareText(age(a), age(b)));
    return into === undefined || from.length === 0 ? [] : [{ into, from }];
  });
}

/** Places every identity, after the merges. */
export function placeIdentities(
  identifiers: ReadonlyMap<string, NamedIdentifier>,
  identities: readonly Identity[],
  merges: readonly ParticipantMerge[],
): Placed {
  const survivorOf = new Map(merges.flatMap(({ into, from }) => from.map((id) => [id, into])));
  const participantOf = new Map<string, string>();
  const created: NewParticipant[] = [];
  for (const { keys, participantIds } of identities) {
    let [participantId] = participantIds;
    if (participantId === undefined) {
      const participant = newParticipant(keys.map((key) => identifiers.get(key)).filter(isNamed));
      created.push(participant);
      participantId = participant.id;
    }
    for (const key of keys) participantOf.set(key, survivorOf.get(participantId) ?? participantId);
  }
  return { participantOf, created };
}

const isNamed = (named: NamedIdentifier | undefined): named is NamedIdentifier => named !== undefined;

/** Its id follows from its identifiers, so that a delivery that comes again makes the same. */
function newParticipant(named: readonly NamedIdentifier[]): NewParticipant {
  const shown = named.reduce((best, other) => (isShownBefore(other, best) ? other : best));
  return {
    id: named.map(({ id }) => id).reduce((least, id) => (id < least ? id : least)),
    channel: shown.channel,
    identifier: shown.value,
    displayName: named.reduce(betterName).displayName,
    nature: named.map(shownNature).reduce(strongerNature),
  };
}

/** The order in which a participant's identifiers are shown: by kind as the contracts list them, then by value. */
function isShownBefore(a: NamedIdentifier, b: NamedIdentifier): boolean {
  const kinds: readonly string[] = identifyingKinds[a.channel];
  const byKind = kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
  return byKind === 0 ? compareText(a.value, b.value) < 0 : byKind < 0;
}
