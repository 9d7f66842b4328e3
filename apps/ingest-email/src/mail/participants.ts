/*
 * Who a mail names, and in which part. The author comes first.
 *
 * The author is the first mailbox of the first From; where From names several and Sender one of them, that one.
 * Where a list put itself into From, whoever stood there before, and the list becomes the sender. Without a usable
 * From, whoever comes nearest to it: Sender, Reply-To, Return-Path. Then come those whom no header names: the people
 * of an event, and whom a bounce did not reach.
 *
 * The nature is set for what the mail itself shows, a list or a machine, and is the same in every part that an
 * address has. What an address shows by its name (`no-reply@`, `sales@`) is not looked at here.
 */
import type { DeliveredParticipant } from '@kith/contracts';
import type { CalendarMail } from './calendar.ts';
import type { DeliveryReport } from './delivery-reports.ts';
import type { MailingList } from './lists.ts';
import { namedIn, type Named } from './mailboxes.ts';
import type { MailHeader } from './mail-fields.ts';
import { rewrittenFrom, type Rewritten } from './original-author.ts';

type Role = DeliveredParticipant['role'];
type Nature = NonNullable<DeliveredParticipant['nature']>;
type InRole = [Role, readonly Named[]];

/** What a mail is besides a mail; null for what it is not. */
export interface MailShape {
  list: MailingList | null;
  report: DeliveryReport | null;
  calendar: CalendarMail | null;
}

/** Everybody named; the same address has the same role once. */
export function participantsOf(headers: readonly MailHeader[], shape: MailShape): DeliveredParticipant[] {
  const rewritten = rewrittenFrom(headers, shape.list);
  const byHeaders = namedByHeaders(headers, rewritten);
  const all = [...byHeaders, ...namedElsewhere(byHeaders, shape)];
  const natures = naturesOf(all, { shape, rewritten });
  return all.flatMap(([role, named]) => named.map((person) => toParticipant(role, person, natures)));
}

/** The normalised address of the author, or null. */
export function authorOf(participants: readonly DeliveredParticipant[]): string | null {
  return participants.find(({ role }) => role === 'from')?.identifiers[0]?.value ?? null;
}

function namedByHeaders(headers: readonly MailHeader[], rewritten: Rewritten | null): InRole[] {
  const sender = namedIn(headers, 'sender');
  const from = authorsOf(headers, { sender, rewritten });
  const senders = rewritten === null ? sender : [rewritten.from, ...sender];
  return [
    ['from', from],
    ['sender', eachOnce(senders).filter(isNoneOf(from))],
    ['to', namedIn(headers, 'to')],
    ['cc', namedIn(headers, 'cc')],
    ['bcc', namedIn(headers, 'bcc')],
    ['reply_to', namedIn(headers, 'reply-to')],
  ];
}

function authorsOf(
  headers: readonly MailHeader[],
  { sender, rewritten }: { sender: readonly Named[]; rewritten: Rewritten | null },
): readonly Named[] {
  const from = namedIn(headers, 'from');
  if (rewritten !== null) {
    return eachOnce([rewritten.author, ...from.filter(({ key }) => key !== rewritten.from.key)]);
  }
  if (from.length > 0) {
    const writer = from.find(({ key }) => key === sender[0]?.key);
    return writer === undefined ? from : [writer, ...from.filter((author) => author !== writer)];
  }
  const nearest = sender[0] ?? namedIn(headers, 'reply-to')[0] ?? namedIn(headers, 'return-path')[0];
  return nearest === undefined ? [] : [nearest];
}

function namedElsewhere(byHeaders: readonly InRole[], { report, calendar }: MailShape): InRole[] {
  const isNew = isNoneOf(byHeaders.flatMap(([, named]) => named));
  const failed = (report?.failed ?? []).map((key): Named => ({ key, displayName: null }));
  return [
    ['cc', failed.filter(isNew)],
    ['attendee', (calendar?.people ?? []).filter(isNew)],
  ];
}

function naturesOf(
  all: readonly InRole[],
  { shape, rewritten }: { shape: MailShape; rewritten: Rewritten | null },
): Map<string, Nature> {
  const { list, report, calendar } = shape;
  const natures = new Map<string, Nature>();
  for (const { key, nature } of calendar?.people ?? []) if (nature !== null) natures.set(key, nature);
  for (const [role, named] of all) {
    const wrote = role === 'from' || role === 'sender';
    for (const { key } of named) {
      if (list?.owns(key) === true) natures.set(key, 'list');
      if (wrote && report?.isMachine(key) === true) natures.set(key, 'machine');
    }
  }
  if (rewritten !== null) natures.set(rewritten.from.key, 'list');
  return natures;
}

function isNoneOf(people: readonly Named[]): (person: Named) => boolean {
  const keys = new Set(people.map(({ key }) => key));
  return ({ key }) => !keys.has(key);
}

function eachOnce(people: readonly Named[]): Named[] {
  return [...new Map(people.toReversed().map((person) => [person.key, person])).values()].toReversed();
}

function toParticipant(role: Role, named: Named, natures: ReadonlyMap<string, Nature>): DeliveredParticipant {
  const nature = natures.get(named.key);
  return {
    role,
    identifiers: [{ kind: 'email', value: named.key }],
    displayName: named.displayName,
    ...(nature === undefined ? {} : { nature }),
  };
}
