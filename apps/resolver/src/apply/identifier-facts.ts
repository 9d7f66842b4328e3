/*
 * What messages say of an identifier, and how two sayings become one. Pure.
 *
 * `combineFacts` is commutative, associative and idempotent, and the only place where facts are compared: neither
 * the order of deliveries nor their repetition nor how they were batched shows in the result (Invariant 3).
 */
import { ParticipantNature } from '@kith/contracts';

/** A name with its rank: one that its bearer gave wins over one that others gave, then the newest wins. */
export interface GivenName {
  displayName: string | null;
  namedBySelf: boolean;
  namedAt: string | null;
}

/** What messages have said of an identifier so far. */
export interface IdentifierFacts extends GivenName {
  nature: ParticipantNature;
  firstSeenAt: string;
  /** Whether a webhook has named it, or only fetched history. */
  seenByWebhook: boolean;
  /** Whether it wrote a message as an ordinary person. */
  wroteAsPerson: boolean;
}

/** Without a name there is nothing to rank. */
export const noName: GivenName = { displayName: null, namedBySelf: false, namedAt: null };

/** Both sayings as one. */
export function combineFacts(a: IdentifierFacts, b: IdentifierFacts): IdentifierFacts {
  const { displayName, namedBySelf, namedAt } = betterName(a, b);
  return {
    displayName,
    namedBySelf,
    namedAt,
    nature: strongerNature(a.nature, b.nature),
    firstSeenAt: a.firstSeenAt < b.firstSeenAt ? a.firstSeenAt : b.firstSeenAt,
    seenByWebhook: a.seenByWebhook || b.seenByWebhook,
    wroteAsPerson: a.wroteAsPerson || b.wroteAsPerson,
  };
}

/**
 * What is taken to stand behind the identifier. A stranger's mail can claim in its headers that anybody is a list or
 * a machine; who has written as a person is one, and stays linked.
 */
export function shownNature({ nature, wroteAsPerson }: IdentifierFacts): ParticipantNature {
  return wroteAsPerson && nature !== 'role' ? 'person' : nature;
}

/** The name that wins; equal ranks end by the name itself, the same everywhere. */
export function betterName<T extends GivenName>(a: T, b: T): T {
  if (a.displayName === null || b.displayName === null) return a.displayName === null ? b : a;
  if (a.namedBySelf !== b.namedBySelf) return a.namedBySelf ? a : b;
  if (a.namedAt !== b.namedAt) return (a.namedAt ?? '') > (b.namedAt ?? '') ? a : b;
  return compareText(a.displayName, b.displayName) >= 0 ? a : b;
}

/** The nature that says more against a person: a machine, a list, a role, a person. */
export function strongerNature(a: ParticipantNature, b: ParticipantNature): ParticipantNature {
  const { options } = ParticipantNature;
  return options.indexOf(a) >= options.indexOf(b) ? a : b;
}

/** Whether a participant with this identifier shows something else after the change. */
export function isShownChange(before: IdentifierFacts, after: IdentifierFacts): boolean {
  return (
    before.displayName !== after.displayName ||
    before.namedBySelf !== after.namedBySelf ||
    before.namedAt !== after.namedAt ||
    shownNature(before) !== shownNature(after)
  );
}

/** Whether anything at all changes. */
export function isChange(before: IdentifierFacts, after: IdentifierFacts): boolean {
  return (
    isShownChange(before, after) ||
    before.nature !== after.nature ||
    before.wroteAsPerson !== after.wroteAsPerson ||
    before.firstSeenAt !== after.firstSeenAt ||
    before.seenByWebhook !== after.seenByWebhook
  );
}

/** Compares as Postgres does under the collation "C": by the bytes of UTF-8. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
