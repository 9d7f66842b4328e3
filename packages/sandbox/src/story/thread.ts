/*
 * A topic told between one person and the company: the mails of one thread, with all choices made by `random`.
 */
import type { Mail, MailAttachment, Mailbox } from '../mail/mail.ts';
import type { Random } from '../random.ts';
import { composeForward, composeMail } from './compose-mail.ts';
import { turnFiles } from './turn-files.ts';
import { firstName, mailboxOf, type Person, team } from './people.ts';
import { type Desk, fillIn, type Topic, type Turn } from './topic.ts';

/** Who talks to whom. */
export interface Cast {
  desk: Desk;
  person: Person;
  /** Which of the person's addresses this thread uses. */
  contact: Mailbox;
  agent: Mailbox;
  /** Another record's person who is copied in, when there is one. */
  colleague: Person | null;
}

/** A thread with the people in it. */
export interface DemoThread extends Cast {
  id: string;
  subject: string;
  mails: Mail[];
}

/** The address of the company that a desk answers. */
export const deskMailbox: Record<Desk, Mailbox> = { support: team.support, sales: team.sales };

const hourMs = 3_600_000;

/** Tells `topic` in a new thread that begins at `startMs`. */
export function tellThread(
  random: Random,
  input: { id: string; startMs: number; cast: Cast; topic: Topic },
): DemoThread {
  const { id, cast, topic } = input;
  const slots = chooseSlots(random, cast);
  const subject = fillIn(random.pick(topic.subjects), slots);
  const mails: Mail[] = [];
  let timeMs = officeHours(input.startMs);
  for (const turn of topic.turns) {
    mails.push(writeTurn(random, { thread: { id, subject, mails, ...cast }, turn, timeMs, slots }));
    timeMs = officeHours(timeMs + random.int(25, 40 * 60) * 60_000);
  }
  const thread = { id, subject, mails, ...cast };
  if (cast.colleague !== null && random.chance(0.5)) mails.push(forwardTo(cast.colleague, thread, timeMs));
  return thread;
}

/** The next mail of a thread: from the contact or from the company, saying `says`. */
export function writeNext(
  thread: DemoThread,
  next: {
    by: Turn['by'];
    says: string;
    messageId: string;
    date: string;
    html: boolean;
    attachments?: MailAttachment[];
  },
): Mail {
  const fromContact = next.by === 'contact';
  const from = fromContact ? thread.contact : thread.agent;
  const to = fromContact ? deskMailbox[thread.desk] : thread.contact;
  const colleague = thread.colleague === null ? [] : [mailboxOf(thread.colleague)];
  // The desk is copied in when an agent answers in person, as teams do that share a mailbox.
  const desk =
    fromContact || from.address === deskMailbox[thread.desk].address ? [] : [deskMailbox[thread.desk]];
  const cc = [...colleague, ...desk];
  const { by, says, ...rest } = next;
  return composeMail({
    ...rest,
    from,
    to,
    ...(cc.length === 0 ? {} : { cc }),
    subject: thread.subject,
    greeting: by === 'contact' ? greetAgent(thread) : `Hi ${firstName(thread.person)},`,
    paragraphs: says,
    signature: by === 'contact' ? signContact(thread.person) : signAgent(thread.agent),
    earlier: thread.mails,
  });
}

function writeTurn(
  random: Random,
  input: { thread: DemoThread; turn: Turn; timeMs: number; slots: Record<string, string> },
): Mail {
  const { thread, turn, slots } = input;
  const from = turn.by === 'contact' ? thread.contact : thread.agent;
  return writeNext(thread, {
    by: turn.by,
    says: fillIn(random.pick(turn.says), slots),
    messageId: demoMessageId(thread, from),
    date: new Date(input.timeMs).toISOString(),
    html: random.chance(0.45),
    ...(turn.file === undefined ? {} : { attachments: [turnFiles[turn.file](slots)] }),
  });
}

function forwardTo(colleague: Person, thread: DemoThread, timeMs: number): Mail {
  return composeForward({
    messageId: demoMessageId(thread, thread.contact),
    date: new Date(timeMs).toISOString(),
    from: thread.contact,
    to: mailboxOf(colleague),
    cc: [deskMailbox[thread.desk]],
    subject: thread.subject,
    greeting: `Hi ${firstName(colleague)},`,
    paragraphs: 'This is what I told you about. Acme is in copy, just ask them directly.',
    signature: signContact(thread.person),
    html: false,
    earlier: thread.mails,
  });
}

const demoMessageId = (thread: DemoThread, from: Mailbox): string =>
  `${thread.id}.${thread.mails.length + 1}.demo@${from.address.split('@')[1] ?? 'acme.example'}`;

/** The words that fill a topic's braces. */
export function chooseSlots(
  random: Random,
  cast: { person: Pick<Person, 'company'>; agent: Mailbox },
): Record<string, string> {
  return {
    company: cast.person.company,
    agent: cast.agent.name ?? 'Acme',
    number: String(random.int(18, 2400)),
    amount: `€ ${random.int(180, 960)}.${random.pick(['00', '50'])}`,
    day: random.pick(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']),
    month: random.pick(['January', 'March', 'April', 'June', 'September', 'October']),
    plan: random.pick(['Dispatch', 'Dispatch Plus', 'Dispatch Fleet']),
    depot: random.pick(['Leeds', 'Gdańsk', 'Malmö', 'Porto', 'Łódź', 'Rotterdam', 'Besançon', 'Düren']),
  };
}

/** Who has answered in person is greeted by name; a shared mailbox is not a person. */
function greetAgent({ agent, mails }: DemoThread): string {
  const hasAnswered = mails.some((mail) => mail.from.address === agent.address);
  const [name = ''] = (agent.name ?? '').split(' ');
  return hasAnswered && name !== 'Acme' ? `Hi ${name},` : 'Hello,';
}

const signContact = (person: Person): string[] =>
  ['Best regards,', person.name, person.company].filter((line) => line !== '');
const signAgent = (agent: Mailbox): string[] => ['Kind regards,', agent.name ?? 'Acme', 'Acme Dispatch'];

/** The next moment of a working day, 07:00-17:59 UTC, at or after `timeMs`: nobody here writes at night. */
export function officeHours(timeMs: number): number {
  const hour = new Date(timeMs).getUTCHours();
  if (hour < 7) return timeMs + 7 * hourMs;
  return hour < 18 ? timeMs : timeMs + 13 * hourMs;
}
