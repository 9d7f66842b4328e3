import { type Draft, unique } from './draft.ts';
import { asciiDomain, makeLocalPart } from './names.ts';
import type { Naming } from './population.ts';

/** An address, with its domain as its owners write it. */
export interface Address {
  local: string;
  domain: string;
  /** As it travels: lower case, the domain in ASCII. */
  text: string;
  key: string;
}

/** The address of these parts. */
export function addressOf(local: string, domain: string): Address {
  const text = `${local}@${asciiDomain(domain)}`;
  return { local, domain, text, key: `email ${text}` };
}

/** An address that nobody has. */
export function makeAddress(draft: Draft, name: string, domain: string): Address {
  const first = makeLocalPart(name, draft.random);
  const key = unique(
    draft,
    (attempt) => addressOf(attempt === 0 ? first : `${first}${attempt + 1}`, domain).key,
  );
  return addressOf(key.slice('email '.length, key.indexOf('@')), domain);
}

/** A mailbox of one's own: most are Gmail's. */
export function makePrivateAddress(draft: Draft, name: string): Address {
  const { random } = draft;
  if (random.chance(0.4))
    return makeAddress(draft, name, random.pick(['webpost.example', 'freemail.example']));
  const local = makeLocalPart(name, random).replaceAll('_', '.');
  const key = unique(draft, () => addressOf(`${local}${random.digits(3)}`, 'gmail.com').key);
  return addressOf(key.slice('email '.length, key.indexOf('@')), 'gmail.com');
}

/** As a header names the address. */
export const mailFrom = ({ text, key }: Address, written = text): Naming => ({
  kind: 'email',
  text: written,
  key,
});
