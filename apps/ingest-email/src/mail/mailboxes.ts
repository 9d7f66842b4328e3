/*
 * The mailboxes that a header field names, normalised. Groups count as their members; what is not an address is left
 * out, because there would be nothing to link by.
 */
import { normalizeEmail } from '@kith/identity';
import { addressParser } from 'postal-mime';
import { headerValues, type MailHeader } from './mail-fields.ts';
import { plainLine } from './plain-line.ts';

/** Somebody by a normalised address, and the name that stands beside it. */
export interface Named {
  key: string;
  displayName: string | null;
}

/** What was read of a mail's headers before: a field of 200,000 mailboxes takes a second each time. */
const alreadyRead = new WeakMap<readonly MailHeader[], Map<string, readonly Named[]>>();

/** Everybody in the fields of this name, each address once, in order. */
export function namedIn(headers: readonly MailHeader[], name: string): readonly Named[] {
  const byName = alreadyRead.get(headers) ?? new Map<string, readonly Named[]>();
  alreadyRead.set(headers, byName);
  const named = byName.get(name) ?? readNamed(headers, name);
  byName.set(name, named);
  return named;
}

function readNamed(headers: readonly MailHeader[], name: string): Named[] {
  const named = new Map<string, Named>();
  for (const value of headerValues(headers, name)) {
    for (const mailbox of addressParser(value, { flatten: true })) {
      const person = toNamed(mailbox);
      if (person === null) continue;
      const known = named.get(person.key);
      if (known === undefined || known.displayName === null) named.set(person.key, person);
    }
  }
  return [...named.values()];
}

/** A name and an address as they are written, or null where the address is none. */
export function toNamed(mailbox: { name: string; address?: string | undefined }): Named | null {
  const address = normalizeEmail(mailbox.address ?? '');
  if (!address.ok) return null;
  const name = plainLine(mailbox.name)
    .replace(/^['"]+|['"]+$/g, '')
    .trim();
  const isAddress = name.toLowerCase() === address.key;
  return { key: address.key, displayName: name === '' || isAddress ? null : name };
}
