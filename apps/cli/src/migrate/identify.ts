/*
 * What old participants are known by, read by the same rules as everything else in Kith. Pure.
 *
 * Which identifier counts follows from the channel: an address on email, a number on WhatsApp, a profile on LinkedIn.
 */
import type { Channel, Identifier } from '@kith/contracts';
import { normalizeEmail, normalizeLinkedIn, normalizePhone, normalizeWhatsApp } from '@kith/identity';
import type { OldParticipant } from './old-rows.ts';

/** An identifier, that there is none, or that what is written there cannot be read. */
export type Identified = { ok: true; identifier: Identifier } | { ok: false; problem: 'none' | 'unreadable' };

/** The channels, in the order of their columns. */
export const channels = ['email', 'whatsapp', 'linkedin'] as const satisfies readonly Channel[];

const written: Record<Channel, (participant: OldParticipant) => string | null> = {
  email: ({ email }) => email,
  whatsapp: ({ phone }) => phone,
  linkedin: ({ linkedin }) => linkedin,
};

/** What was read already: a page of a long chat names the same two people in every message. */
const read = new WeakMap<OldParticipant, Map<string, Identified>>();

/** A participant's identifier on a channel. */
export function identifierOn(
  channel: Channel,
  participant: OldParticipant,
  country: string | null,
): Identified {
  const known = read.get(participant) ?? new Map<string, Identified>();
  read.set(participant, known);
  const key = `${channel} ${country ?? ''}`;
  const found = known.get(key) ?? readIdentifierOn(channel, participant, country);
  known.set(key, found);
  return found;
}

function readIdentifierOn(channel: Channel, participant: OldParticipant, country: string | null): Identified {
  const text = written[channel](participant);
  if (text === null) return { ok: false, problem: 'none' };
  const identifier = readers[channel](text, country);
  return identifier === null ? { ok: false, problem: 'unreadable' } : { ok: true, identifier };
}

/** Somebody on a channel. */
export interface Identity {
  channel: Channel;
  identifier: Identifier;
}

/** All that a participant is known by, one per channel at most. */
export function identitiesOf(participant: OldParticipant, country: string | null): Identity[] {
  return channels.flatMap((channel) => {
    const found = identifierOn(channel, participant, country);
    return found.ok ? [{ channel, identifier: found.identifier }] : [];
  });
}

/** A key for an identifier in maps. */
export const keyOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;

/** A key for a participant of Kith: one identity on one channel. */
export const identityKey = (channel: Channel, identifier: Identifier): string =>
  `${channel} ${keyOf(identifier)}`;

/** Every key that a value of a record's fields may be meant as. */
export function keysInField(value: unknown, country: string | null): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysInField(each, country));
  if (typeof value === 'number') return keysInField(String(value), country);
  if (typeof value !== 'string') return [];
  const found = channels.flatMap((channel) => readers[channel](value, country) ?? []);
  return found.map(keyOf);
}

/** The company's own identities, as Kith and the mapping name them. */
export interface OwnIdentities {
  keys: ReadonlySet<string>;
  /** Everybody at these is the company. */
  domains: ReadonlySet<string>;
}

/** Whether an identifier is the company's. */
export function isOwn({ kind, value }: Identifier, { keys, domains }: OwnIdentities): boolean {
  return (
    keys.has(`${kind} ${value}`) || (kind === 'email' && domains.has(value.slice(value.lastIndexOf('@') + 1)))
  );
}

const readers: Record<Channel, (text: string, country: string | null) => Identifier | null> = {
  email: (text) => {
    const address = normalizeEmail(text);
    return address.ok ? { kind: 'email', value: address.key } : null;
  },
  whatsapp: (text, defaultCountry) => {
    const number = normalizePhone(text, { defaultCountry });
    if (number.ok) return { kind: 'phone', value: number.key };
    // Digits alone are a number with its country, as WhatsApp writes its ids.
    const id = normalizeWhatsApp(text);
    return id.ok ? { kind: id.kind, value: id.key } : null;
  },
  linkedin: (text) => {
    const profile = normalizeLinkedIn(text, { declared: true });
    return profile.ok ? { kind: profile.kind, value: profile.key } : null;
  },
};
