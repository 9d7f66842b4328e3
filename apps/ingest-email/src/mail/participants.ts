/*
 * Who a mail names, and in which part. The author comes first.
 *
 * The author is the first mailbox of the first From; where From names several and Sender one of them, that one.
 * Without a usable From, whoever comes nearest to it: Sender, Reply-To, Return-Path. Groups count as their members;
 * what is not an address is left out, because there would be nothing to link by.
 */
import type { DeliveredParticipant } from '@kith/contracts';
import { normalizeEmail } from '@kith/identity';
import { addressParser, type Mailbox } from 'postal-mime';
import { plainLine } from './plain-line.ts';
import { headerValues, type MailHeader } from './mail-fields.ts';

type Role = DeliveredParticipant['role'];

interface Named {
  key: string;
  displayName: string | null;
}

/** Everybody named by the headers; the same address has the same role once. */
export function participantsOf(headers: readonly MailHeader[]): DeliveredParticipant[] {
  const sender = namedIn(headers, 'sender');
  const from = authorsOf(headers, sender);
  const others = sender.filter(({ key }) => !from.some((author) => author.key === key));
  const byRole: [Role, Named[]][] = [
    ['from', from],
    ['sender', others],
    ['to', namedIn(headers, 'to')],
    ['cc', namedIn(headers, 'cc')],
    ['bcc', namedIn(headers, 'bcc')],
    ['reply_to', namedIn(headers, 'reply-to')],
  ];
  return byRole.flatMap(([role, named]) => named.map((person) => toParticipant(role, person)));
}

/** The normalised address of the author, or null. */
export function authorOf(participants: readonly DeliveredParticipant[]): string | null {
  return participants.find(({ role }) => role === 'from')?.identifiers[0]?.value ?? null;
}

function authorsOf(headers: readonly MailHeader[], sender: readonly Named[]): Named[] {
  const from = namedIn(headers, 'from');
  if (from.length > 0) {
    const writer = from.find(({ key }) => key === sender[0]?.key);
    return writer === undefined ? from : [writer, ...from.filter((author) => author !== writer)];
  }
  const nearest = sender[0] ?? namedIn(headers, 'reply-to')[0] ?? namedIn(headers, 'return-path')[0];
  return nearest === undefined ? [] : [nearest];
}

function namedIn(headers: readonly MailHeader[], name: string): Named[] {
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

function toNamed(mailbox: Pick<Mailbox, 'name'> & { address?: string | undefined }): Named | null {
  const address = normalizeEmail(mailbox.address ?? '');
  if (!address.ok) return null;
  const name = plainLine(mailbox.name)
    .replace(/^['"]+|['"]+$/g, '')
    .trim();
  const isAddress = name.toLowerCase() === address.key;
  return { key: address.key, displayName: name === '' || isAddress ? null : name };
}

function toParticipant(role: Role, named: Named): DeliveredParticipant {
  return { role, identifiers: [{ kind: 'email', value: named.key }], displayName: named.displayName };
}
