/*
 * The mails of the demo workspace: some hundred of the 120 days before `anchor`, as deliveries to the two mail accounts.
 *
 * Everything but the dates is the same on every run, message ids included: posting the history twice for one anchor
 * gives nothing but duplicates. Included on purpose: threads with several records, an address that two records hold,
 * senders that are no record, mails that arrive through both accounts, forwards and a newsletter.
 */
import type { Mail, Mailbox } from './mail/mail.ts';
import { createRandom, type Random } from './random.ts';
import {
  contacts,
  leads,
  mailboxOf,
  newsletterSender,
  type Person,
  shownRecordId,
  strangers,
  team,
} from './story/people.ts';
import { type Cast, type DemoThread, deskMailbox, tellThread } from './story/thread.ts';
import { type Desk, topicsByDesk } from './story/topic.ts';

/** A mail on its way to the account of a desk. */
export interface DemoMail {
  account: Desk;
  mail: Mail;
}

const dayMs = 86_400_000;
/** How far back the accounts' webhooks go. */
export const historyDays = 120;
const agents: Record<Desk, readonly Mailbox[]> = {
  support: [team.support, team.tomas],
  sales: [team.nora, team.jo],
};

/** All deliveries of the history, oldest first. `anchor` is a midnight in ISO 8601; no mail is newer. */
export function demoMail(anchor: string): DemoMail[] {
  const random = createRandom(93);
  const threads = demoThreads(anchor);
  const told = threads.flatMap((thread) => thread.mails.map((mail) => ({ account: thread.desk, mail })));
  // A mail to both addresses of the company arrives through both accounts, as one message.
  const both = threads
    .filter(({ desk }) => desk === 'support')
    .slice(0, 60)
    .flatMap(({ mails: [first] }) => (first !== undefined && random.chance(0.2) ? [sendToBoth(first)] : []));
  return [...told, ...both, ...newsletters(anchor)].toSorted((a, b) =>
    a.mail.date.localeCompare(b.mail.date),
  );
}

/** What the company's mailbox holds: the mails of both desks, each once, and older ones of whom everybody looks at. */
export function demoMailbox(anchor: string): Mail[] {
  const told = new Map(demoMail(anchor).map(({ mail }) => [mail.messageId, mail]));
  return [...earlierMails(anchor), ...told.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}

/** Threads from long before any account was connected. */
function earlierMails(anchor: string): Mail[] {
  const random = createRandom(1999);
  const person = contacts.find(({ recordId }) => recordId === shownRecordId);
  if (person === undefined) return [];
  return earlierDaysAgo.flatMap((daysAgo, index) => {
    const cast: Cast = {
      desk: 'sales',
      person,
      contact: mailboxOf(person),
      agent: team.nora,
      colleague: null,
    };
    const topic = random.pick(topicsByDesk.sales);
    const startMs = Date.parse(anchor) - daysAgo * dayMs;
    return tellThread(random, { id: `e${index + 1}`, startMs, cast, topic }).mails;
  });
}

const earlierDaysAgo = [402, 331, 236, 171];

/** The threads that the history is made of. */
export function demoThreads(anchor: string): DemoThread[] {
  const random = createRandom(2026);
  const people = [...contacts, ...leads];
  const parts = people.flatMap((person) => {
    const count = person.recordId === shownRecordId ? 6 : random.int(1, 3);
    return Array.from({ length: count }, () => person);
  });
  const known = parts.map((person, index) => tell(random, { anchor, person, number: index + 1 }));
  const unknown = strangers.map((stranger, index) =>
    tell(random, { anchor, person: asPerson(stranger), number: known.length + index + 1, alone: true }),
  );
  return [...known, ...unknown].map((thread) => untilAnchor(thread, anchor)).filter(hasBegun);
}

/** A thread as it stands at `anchor`: some are waiting for an answer. */
const untilAnchor = (thread: DemoThread, anchor: string): DemoThread => ({
  ...thread,
  mails: thread.mails.filter((mail) => mail.date <= anchor),
});

const hasBegun = (thread: DemoThread): boolean => thread.mails.length > 0;

function tell(
  random: Random,
  input: { anchor: string; person: Person; number: number; alone?: boolean },
): DemoThread {
  const { person } = input;
  const isLead = person.recordId.length === 4;
  const desk: Desk = isLead || random.chance(0.15) ? 'sales' : 'support';
  const contact = { ...mailboxOf(person, random.pick(person.emails)) };
  const colleague = input.alone !== true && random.chance(0.14) ? random.pick(contacts) : null;
  const age = random.int(3 * 60, historyDays * 24 * 60) * 60_000;
  return tellThread(random, {
    id: `t${String(input.number).padStart(4, '0')}`,
    startMs: Date.parse(input.anchor) - age,
    cast: {
      desk,
      person,
      contact: person.name === '' ? { name: null, address: contact.address } : contact,
      agent: random.pick(agents[desk]),
      colleague: colleague?.company === person.company ? null : colleague,
    },
    topic: random.pick(topicsByDesk[desk]),
  });
}

/** The copy that the other account receives: the same bytes, so the same message. */
function sendToBoth(mail: Mail): DemoMail {
  mail.to = [deskMailbox.support, deskMailbox.sales];
  return { account: 'sales', mail };
}

const asPerson = ({ name, address }: Mailbox): Person => ({
  recordId: '',
  name: name ?? '',
  company: address.split('@')[1] ?? '',
  emails: [address],
  phone: '',
});

function newsletters(anchor: string): DemoMail[] {
  const anchorMs = Date.parse(anchor);
  return Array.from({ length: Math.floor(historyDays / 7) }, (_, week) => {
    const number = 417 - week;
    const text = `Port news of the week\n\nContainer rates, closures and the tides, in three minutes.\n\nNo longer interested? https://harbour-weekly.example/leave`;
    const mail: Mail = {
      messageId: `issue-${number}.demo@harbour-weekly.example`,
      date: new Date(anchorMs - week * 7 * dayMs - 5 * 3_600_000).toISOString(),
      from: newsletterSender,
      to: [team.support],
      subject: `Harbour Weekly ${number} — rates, closures, tides`,
      text,
      html: `<html><body><h1>Harbour Weekly ${number}</h1><p>Container rates, closures and the tides, in three minutes.</p><p><a href="https://harbour-weekly.example/leave">No longer interested?</a></p></body></html>`,
      headers: [
        ['List-Id', '<weekly.harbour-weekly.example>'],
        ['List-Unsubscribe', '<https://harbour-weekly.example/leave>'],
        ['Precedence', 'bulk'],
      ],
    };
    return { account: 'support', mail };
  });
}
