/*
 * One of the account's numbers as a change of a webhook names it, with the people that the change introduces.
 *
 * `contacts` beside the messages tells names and further ids, but not in the order of the messages, and sometimes
 * about somebody else: an entry is used only for whom its own ids name.
 */
import type { Identifier } from '@kith/contracts';
import { field, listOf, textOf } from '@kith/ingest/loose-json';
import { idOf } from '../chat/conversations.ts';
import { type IdentifierReader, identifiersOf, sameIdentifier } from '../chat/identifiers.ts';
import { displayNameOf, joined, type Person } from '../chat/people.ts';

/** A number of the account, and how to read who is named on it. */
export interface Line {
  /** Names its conversations. */
  id: string;
  own: Identifier | null;
  /** Whether a value names the number itself. */
  isOwn(value: unknown): boolean;
  read: IdentifierReader;
  /** The one person that the change introduces, where it introduces exactly one. */
  onlyContact: Person | null;
  /** Somebody by the ids that a message gives of them, with what the change says of the same person. */
  named(given: { id?: unknown; userId?: unknown; parentUserId?: unknown }): Person;
}

interface Contact {
  userId: string | null;
  person: Person;
}

/** The number that a change is about; `accountId` names its conversations where the change does not say. */
export function lineOf(value: unknown, read: IdentifierReader, accountId: string): Line {
  const ownText = textOf(field(value, 'metadata', 'display_phone_number'));
  const own = read(ownText);
  const introduced = [...listOf(field(value, 'contacts')), ...listOf(field(value, 'standby', 'contacts'))];
  const contacts = introduced.map((entry) => contactOf(entry, read));
  const find = finderOf(contacts, read);
  return {
    id: idOf(field(value, 'metadata', 'phone_number_id')) ?? own?.value ?? accountId,
    own,
    isOwn: (written) => {
      const text = textOf(written);
      return text !== null && (text === ownText || sameIdentifier(read(text), own));
    },
    read,
    onlyContact: contacts.length === 1 ? (contacts[0]?.person ?? null) : null,
    named: ({ id, userId, parentUserId }) => {
      const person: Person = {
        identifiers: identifiersOf([read(id), userIdOf(userId, read)]),
        displayName: null,
        written: idOf(id) ?? idOf(userId) ?? idOf(parentUserId),
      };
      const contact = find(textOf(id), textOf(userId));
      const known = contact === null ? person : joined(person, contact.person);
      const parent = userIdOf(parentUserId, read);
      return { ...known, identifiers: identifiersOf([...known.identifiers, parent]) };
    },
  };
}

/** A business-scoped user id; what stands in its field in another form is not one. */
export function userIdOf(value: unknown, read: IdentifierReader): Identifier | null {
  const identifier = read(value);
  return identifier?.kind === 'whatsapp_bsuid' ? identifier : null;
}

function contactOf(entry: unknown, read: IdentifierReader): Contact & { waId: string | null } {
  const waId = textOf(field(entry, 'wa_id'));
  const userId = textOf(field(entry, 'user_id'));
  const identifiers = identifiersOf([
    read(waId),
    userIdOf(userId, read),
    userIdOf(field(entry, 'parent_user_id'), read),
  ]);
  const displayName = displayNameOf(field(entry, 'profile', 'name'));
  return { waId, userId, person: { identifiers, displayName, written: idOf(waId) ?? idOf(userId) } };
}

/** By maps, because a history may introduce as many people as it has messages. */
function finderOf(
  contacts: readonly (Contact & { waId: string | null })[],
  read: IdentifierReader,
): (id: string | null, userId: string | null) => Contact | null {
  const numberKey = (text: string): string => read(text)?.value ?? text.replace(/\D/g, '');
  const byUserId = new Map<string, Contact>();
  const byNumber = new Map<string, Contact>();
  for (const contact of contacts) {
    if (contact.userId !== null) byUserId.set(contact.userId, contact);
    if (contact.waId !== null) byNumber.set(numberKey(contact.waId), contact);
  }
  // Without digits a number is the name of nobody.
  byNumber.delete('');
  return (id, userId) => {
    const byOwnId = userId === null ? undefined : byUserId.get(userId);
    if (byOwnId !== undefined) return byOwnId;
    const found = id === null ? undefined : (byNumber.get(numberKey(id)) ?? byUserId.get(id));
    const isAnother = userId !== null && found?.userId != null;
    return found === undefined || isAnother ? null : found;
  };
}
