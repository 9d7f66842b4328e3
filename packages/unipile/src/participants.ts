/*
 * Who wrote a chat's message, and who else is in the chat.
 *
 * That the account itself wrote follows from `is_sender`, and where that is missing from the ids: `message_received`
 * is sent for the account's own messages too. In a direct chat whose id is a person's, that person is the other side,
 * whether or not the payload lists them (v2 lists nobody but the sender).
 */
import type { DeliveredParticipant } from '@kith/contracts';
import { field, isSet, listOf, textOf } from '@kith/ingest/loose-json';
import { type Chat, conversationOf } from './chat.ts';
import type { ChatChannel } from './chat-channel.ts';
import type { UnipileEvent } from './events.ts';
import { gatherPeople, type KnownPerson, type People } from './people.ts';
import { nobody, readPerson, type UnipilePerson } from './person.ts';

/** A message's people and the conversation that they have. */
export interface ChatPeople {
  participants: DeliveredParticipant[];
  /** The account itself wrote it. */
  isByAccount: boolean;
  conversation: ReturnType<typeof conversationOf>;
}

const participantsMax = 50_000;

/** Reads the people of a message in its chat. */
export function readChatPeople(channel: ChatChannel, event: UnipileEvent, chat: Chat): ChatPeople {
  const { payload } = event;
  const people = gatherPeople(channel);
  const account = readAccount(event);
  const self = account === null ? null : people.add(account, true);
  const told = field(payload, 'is_sender');
  const isTold = told !== undefined && told !== null;
  const sender = senderOf(event);
  const author = sender === null ? null : people.add(sender, isSet(told));
  for (const entry of listOf(field(payload, 'attendees')).slice(0, participantsMax)) addEntry(people, entry);
  for (const entry of listOf(field(payload, 'participants')).slice(0, participantsMax))
    addEntry(people, entry);
  const isByAccount = isSet(told) || author?.isOwn === true;
  const isGroup = chat.isGroup ?? isCrowd(people, self !== null || isByAccount);
  const contact = isGroup ? null : contactOf(people, chat, isTold || self !== null);
  const participants = rolesOf(people, author, { isByAccount, isGroup });
  const owners = ownersOf(event, people);
  return {
    participants,
    isByAccount,
    conversation: conversationOf(channel, { ...chat, isGroup }, { owners, contact }),
  };
}

/** The connected account, by what v1 tells of it; null when it tells nothing. */
export function readAccount({ payload }: UnipileEvent): UnipilePerson | null {
  const told = field(payload, 'account_info');
  const providerId = textOf(field(told, 'user_id'));
  const phoneNumber = textOf(field(told, 'phone_number'));
  if (providerId === null && phoneNumber === null) return null;
  return { ...nobody, providerId, phoneNumber, isSelf: true };
}

function senderOf({ payload }: UnipileEvent): UnipilePerson | null {
  const sender = readPerson(field(payload, 'sender'));
  const id = textOf(field(payload, 'sender_id'));
  if (sender === null) return id === null ? null : { ...nobody, providerId: id };
  return { ...sender, providerId: sender.providerId ?? id };
}

function addEntry(people: People, entry: unknown): void {
  const person = readPerson(entry);
  if (person !== null) people.add(person, false);
}

/** More than two, where it is known who the account is; else more than could be it and one other. */
function isCrowd(people: People, isAccountKnown: boolean): boolean {
  const all = people.all();
  const others = all.filter(({ isOwn }) => !isOwn);
  return isAccountKnown ? others.length > 1 : all.length > 2;
}

/** Whom a direct chat's id names. Several others leave open which of them it is. */
function contactOf(people: People, { meaning }: Chat, isDirectionKnown: boolean): KnownPerson | null {
  if (meaning.names !== 'person') return null;
  const { person } = meaning;
  const known = people.find(person);
  if (known !== null) return known;
  const [only, ...more] = people.all().filter(({ isOwn }) => !isOwn);
  if (only === undefined) return people.add(person, false);
  if (more.length > 0 || !isDirectionKnown) return null;
  people.tie(only, person);
  return only;
}

function rolesOf(
  people: People,
  author: KnownPerson | null,
  { isByAccount, isGroup }: { isByAccount: boolean; isGroup: boolean },
): DeliveredParticipant[] {
  const others = people
    .all()
    // A message of the account's own is not to the account, under whichever other id that may be known.
    .filter((person) => person !== author && !(isByAccount && person.isOwn));
  const role = isGroup ? 'member' : 'to';
  const all = [
    ...(author === null ? [] : [toParticipant(author, 'from')]),
    ...others.map((person) => toParticipant(person, role)),
  ];
  return all.filter(({ identifiers }) => identifiers.length > 0).slice(0, participantsMax);
}

function toParticipant(person: KnownPerson, role: DeliveredParticipant['role']): DeliveredParticipant {
  const { identifiers, displayName, isOwn } = person;
  const participant = { role, identifiers: [...identifiers], displayName };
  return isOwn ? { ...participant, own: true } : participant;
}

/** What names the account in the keys of its chats. */
function ownersOf({ accountId }: UnipileEvent, people: People): string[] {
  const own = people.all().filter(({ isOwn }) => isOwn);
  const ids = own.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  return accountId === null ? ids : [accountId, ...ids];
}
