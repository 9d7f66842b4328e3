/*
 * What becomes of an item that names somebody who was erased. Pure.
 *
 * The rule is the one by which an erasure removes what is stored: what they wrote, what went to nobody else besides the
 * company, and their direct chats are dropped as a whole; from anything else they alone are left out. What tells of a
 * dropped message is dropped with it.
 */
import type { Channel, DeliveredMessage, DeliveredPerson, DeliveryItem, Identifier } from '@kith/contracts';
import { conversationKeys, isIdentifying, messageIdOf } from '../apply/items.ts';
import type { Named } from './erased-names.ts';

/** What is known of a batch: who and what is erased, and which identifiers are the company's own. */
export interface Known {
  workspace: string;
  isErased(named: Named): boolean;
  /** By `<kind> <value>`. */
  company: ReadonlySet<string>;
}

/** The item in place of one that was dropped: it was accepted, and ends as ignored. */
export const erasedItem: DeliveryItem = { kind: 'ignored', reason: 'erased', detail: '' };

/** The item without whoever was erased, or `erasedItem`; the item itself where it names nobody who was. */
export function leaveOut(item: DeliveryItem, channel: Channel, known: Known): DeliveryItem {
  switch (item.kind) {
    case 'message':
      return fromMessage(item, channel, known);
    case 'reaction':
    case 'relation': {
      const isGone = isErasedPerson(item.person, channel, known) || isAboutErased(item, channel, known);
      return isGone ? erasedItem : { ...item, person: withoutClues(item.person, channel, known) };
    }
    case 'status': {
      const { recipient } = item;
      const isTheirs = recipient !== null && known.isErased({ what: 'identifier', identifier: recipient });
      return isTheirs || isAboutErased(item, channel, known) ? erasedItem : item;
    }
    case 'edit':
    case 'deletion':
      return isAboutErased(item, channel, known) ? erasedItem : item;
    case 'media':
      return known.isErased({ what: 'file', channel, key: item.key }) ? erasedItem : item;
    case 'ignored':
    case 'unreadable':
      return item;
  }
}

/** The names in an item by which it is judged. */
export function namesIn(workspace: string, item: DeliveryItem, channel: Channel): Named[] {
  const ofPeople = peopleIn(item).flatMap(({ identifiers }) => identifiers.map(toNamed));
  const names =
    'messageId' in item ? [...ofPeople, aboutMessage(workspace, channel, item.messageId)] : ofPeople;
  switch (item.kind) {
    case 'message':
      return [
        ...names,
        aboutMessage(workspace, channel, item.externalId),
        ...chatsOf(item).map((key): Named => ({ what: 'chat', channel, key })),
      ];
    case 'status':
      return item.recipient === null ? names : [...names, toNamed(item.recipient)];
    case 'media':
      return [{ what: 'file', channel, key: item.key }];
    case 'reaction':
    case 'relation':
    case 'edit':
    case 'deletion':
    case 'ignored':
    case 'unreadable':
      return names;
  }
}

/** Whom an item names. */
export function peopleIn(item: DeliveryItem): readonly DeliveredPerson[] {
  if (item.kind === 'message') return item.participants;
  return item.kind === 'reaction' || item.kind === 'relation' ? [item.person] : [];
}

const toNamed = (identifier: Identifier): Named => ({ what: 'identifier', identifier });

const aboutMessage = (workspace: string, channel: Channel, externalId: string): Named => ({
  what: 'message',
  messageId: messageIdOf(workspace, channel, externalId),
});

const chatsOf = ({ conversation }: DeliveredMessage): readonly string[] =>
  conversation.kind === 'direct' ? conversationKeys(conversation) : [];

const isAboutErased = (item: DeliveryItem, channel: Channel, known: Known): boolean =>
  'messageId' in item && known.isErased(aboutMessage(known.workspace, channel, item.messageId));

function fromMessage(item: DeliveredMessage, channel: Channel, known: Known): DeliveryItem {
  const isOfErasedChat = chatsOf(item).some((key) => known.isErased({ what: 'chat', channel, key }));
  if (isOfErasedChat || known.isErased(aboutMessage(known.workspace, channel, item.externalId))) {
    return erasedItem;
  }
  const gone = item.participants.filter((person) => isErasedPerson(person, channel, known));
  const left = item.participants.filter((person) => !gone.includes(person));
  if (gone.length > 0 && isAllTheirs(item, { gone, left }, channel, known)) return erasedItem;
  return { ...item, participants: left.map((person) => withoutClues(person, channel, known)) };
}

function isAllTheirs(
  item: DeliveredMessage,
  { gone, left }: Record<'gone' | 'left', DeliveredMessage['participants']>,
  channel: Channel,
  known: Known,
): boolean {
  if (item.conversation.kind === 'direct' || gone.some(({ role }) => role === 'from')) return true;
  const others = left.filter((person) => !isCompany(person, channel, known) && isAnybody(person, channel));
  return others.length === 0;
}

const isErasedPerson = (person: DeliveredPerson, channel: Channel, known: Known): boolean =>
  person.identifiers.some(
    (identifier) => isIdentifying(channel, identifier.kind) && known.isErased(toNamed(identifier)),
  );

const isAnybody = ({ identifiers }: DeliveredPerson, channel: Channel): boolean =>
  identifiers.some(({ kind }) => isIdentifying(channel, kind));

const isCompany = (person: DeliveredPerson, channel: Channel, { company }: Known): boolean =>
  person.own === true ||
  person.identifiers.some(
    ({ kind, value }) => isIdentifying(channel, kind) && company.has(`${kind} ${value}`),
  );

/** Somebody else may be hinted at by an erased identifier: a profile's email address. */
function withoutClues<Person extends DeliveredPerson>(
  person: Person,
  channel: Channel,
  known: Known,
): Person {
  const identifiers = person.identifiers.filter(
    (identifier) => isIdentifying(channel, identifier.kind) || !known.isErased(toNamed(identifier)),
  );
  return identifiers.length === person.identifiers.length || identifiers.length === 0
    ? person
    : { ...person, identifiers };
}
