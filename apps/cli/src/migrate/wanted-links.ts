/*
 * The links that old rows ask for, one for each identity. Pure.
 *
 * Two old participants with one identifier are one person. A link that a person made stands before one that a rule
 * made, and any link of a participant's own before what only a conversation suggests. Of two of the same rank that
 * name two records neither is taken: nobody is guessed.
 */
import { type Identity, identityKey } from './identify.ts';

/** What asks for a link, weakest first. */
const ranks = ['conversation', 'rule', 'person'] as const;
export type LinkOrigin = (typeof ranks)[number];

/** A link as it should be in Kith: a rule's comes by itself, the others are decisions. */
export interface LegacyLink extends Identity {
  recordId: string;
  origin: LinkOrigin;
}

/** Collects links. */
export interface WantedLinks {
  /** Asks for a link of each of somebody's identities; answers whether nothing speaks against it. */
  add(identities: readonly Identity[], recordId: string, origin: LinkOrigin): boolean;
  list(): LegacyLink[];
}

interface Wanted {
  link: LegacyLink;
  isUndecided: boolean;
}

/** Begins with none. */
export function createWantedLinks(): WantedLinks {
  const wanted = new Map<string, Wanted>();
  const addOne = (link: LegacyLink): boolean => {
    const key = identityKey(link.channel, link.identifier);
    const before = wanted.get(key);
    const rank = before === undefined ? 1 : compare(link.origin, before.link.origin);
    if (before === undefined || rank > 0) {
      wanted.set(key, { link, isUndecided: false });
      return true;
    }
    if (before.link.recordId === link.recordId) return !before.isUndecided;
    if (rank === 0) before.isUndecided = true;
    return false;
  };
  return {
    add: (identities, recordId, origin) => {
      const links = identities.map((identity) => ({ ...identity, recordId, origin }));
      return links.length > 0 && links.map(addOne).every(Boolean);
    },
    list: () => [...wanted.values()].flatMap(({ link, isUndecided }) => (isUndecided ? [] : [link])),
  };
}

const compare = (one: LinkOrigin, other: LinkOrigin): number => ranks.indexOf(one) - ranks.indexOf(other);
