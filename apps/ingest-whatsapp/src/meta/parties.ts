/*
 * Who wrote a message, and to whom.
 *
 * The account's side is known by its number in the change's metadata, never by the name of the event: apps post what
 * the account wrote as `message_echoes`, and what others wrote among them. Where the author cannot be read, a message
 * that names somebody else as its recipient was written by the account, because those written to it name none.
 */
import type { DeliveredParticipant } from '@kith/contracts';
import { field, textOf } from '@kith/ingest/loose-json';
import { idOf } from '../chat/conversations.ts';
import { canBeOne, inRole, joined, nobody, ownInRole, type Person } from '../chat/people.ts';
import type { Line } from './line.ts';

/** What surrounds a message in its change. */
export interface Surroundings {
  line: Line;
  /** The person of the history thread in which it lies. */
  thread?: Person | null;
  /** Whether somebody whom only `contacts` names can be its author. */
  isIncoming?: boolean;
}

/** The two sides of a message. */
export interface Parties {
  byAccount: boolean;
  /** Who wrote, as far as the payload says. */
  author: Person;
  /** The other side of the chat; of a group, who wrote. */
  contact: Person;
  groupId: string | null;
  participants: DeliveredParticipant[];
}

/** The sides of a message. */
export function partiesOf(
  message: unknown,
  { line, thread = null, isIncoming = false }: Surroundings,
): Parties {
  const from = field(message, 'from');
  const to = field(message, 'to');
  const toGroup = textOf(field(message, 'recipient_type')) === 'group' ? idOf(to) : null;
  const groupId = idOf(field(message, 'group_id')) ?? toGroup;
  const writer = line.named({
    id: from,
    userId: field(message, 'from_user_id'),
    parentUserId: field(message, 'from_parent_user_id'),
  });
  const recipient = line.named({
    id: toGroup === null ? to : null,
    // Where an app repeats what it asked to be sent, the id stands in `recipient`.
    userId: field(message, 'to_user_id') ?? field(message, 'recipient'),
    parentUserId: field(message, 'to_parent_user_id'),
  });
  const isToOther = (recipient.written !== null || toGroup !== null) && !line.isOwn(to);
  const isByAccount = line.isOwn(from) || (writer.identifiers.length === 0 && isToOther);
  if (isByAccount) {
    const other = isToOther ? withThread(recipient, thread) : thread;
    return { ...sent(line, other, groupId), groupId };
  }
  const named = writer.written === null && isIncoming ? line.onlyContact : null;
  return {
    ...received(line, named ?? writer, { thread, recipient: isToOther ? recipient : nobody }),
    groupId,
  };
}

type Sides = Omit<Parties, 'groupId'>;

function sent(line: Line, recipient: Person | null, groupId: string | null): Sides {
  const { own } = line;
  const author: Person = { identifiers: own === null ? [] : [own], displayName: null, written: null };
  const others = groupId === null ? inRole('to', recipient ?? nobody) : [];
  return {
    byAccount: true,
    author,
    contact: recipient ?? author,
    participants: [...ownInRole('from', own), ...others],
  };
}

function received(
  line: Line,
  writer: Person,
  { thread, recipient }: { thread: Person | null; recipient: Person },
): Sides {
  const isOfThread =
    writer.identifiers.length > 0 || (writer.written !== null && writer.written === thread?.written);
  const author = isOfThread ? withThread(writer, thread) : writer;
  const isRead = author.identifiers.length > 0;
  // Whoever cannot be read may be the account or the other: both took part, and more is not known.
  const known = writer.written === null ? 'member' : 'to';
  return {
    byAccount: false,
    author,
    contact: isRead ? author : (thread ?? author),
    participants: [
      ...inRole('from', author),
      ...ownInRole(known, line.own),
      ...inRole('to', recipient),
      ...(isRead || thread === null ? [] : inRole('member', thread)),
    ],
  };
}

/** With what the thread says of the same person. */
function withThread(person: Person, thread: Person | null): Person {
  return thread !== null && canBeOne(person, thread) ? joined(person, thread) : person;
}
