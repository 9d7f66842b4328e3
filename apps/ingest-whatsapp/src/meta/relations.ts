/*
 * What Meta tells of people besides messages: a changed number or id, and the address book of a WhatsApp Business app.
 *
 * A changed number also changes the business-scoped user id, so the webhook that names old and new ones is the only
 * thing that keeps a person one. Which of a message's own ids are the old ones does not matter: all of them are theirs.
 */
import type { Identifier } from '@kith/contracts';
import { field, instantOfSeconds, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import { identifiersOf } from '../chat/identifiers.ts';
import { ignored } from '../chat/items.ts';
import { displayNameOf } from '../chat/people.ts';
import { type Line, userIdOf } from './line.ts';
import type { Surroundings } from './parties.ts';

const changes = ['user_changed_number', 'customer_changed_number', 'user_changed_user_id'];
const unchanged = ['customer_identity_changed', 'customer_changed_identity', 'user_identity_changed'];

/** A `system` message: no person wrote it. */
export function readSystemMessage(message: unknown, { line }: Surroundings): ParsedItem {
  const system = field(message, 'system');
  const type = textOf(field(system, 'type')) ?? '';
  const detail = `system message "${type}"`;
  if (unchanged.includes(type)) return ignored('not_a_conversation_event', detail);
  if (!changes.includes(type)) return ignored('unknown_event_type', detail);
  const { read } = line;
  const identifiers = [
    ...['wa_id', 'new_wa_id'].map((key) => read(field(system, key))),
    ...['user_id', 'parent_user_id'].map((key) => userIdOf(field(system, key), read)),
    ...['previous_wa_id', 'customer'].map((key) => read(field(system, key))),
    ...['previous_user_id', 'previous_parent_user_id'].map((key) => userIdOf(field(system, key), read)),
    read(field(message, 'from')),
    ...['from_user_id', 'from_parent_user_id'].map((key) => userIdOf(field(message, key), read)),
  ];
  return samePerson(identifiers, { at: field(message, 'timestamp'), detail });
}

/** An entry of `user_id_update`: the ids before and after a change. */
export function readUserIdUpdate(entry: unknown, { read }: Line): ParsedItem {
  const identifiers = [
    userIdOf(field(entry, 'user_id', 'current'), read),
    userIdOf(field(entry, 'user_id', 'previous'), read),
    read(field(entry, 'wa_id')),
    userIdOf(field(entry, 'parent_user_id', 'current'), read),
    userIdOf(field(entry, 'parent_user_id', 'previous'), read),
  ];
  return samePerson(identifiers, { at: field(entry, 'timestamp'), detail: 'a changed user id' });
}

function samePerson(
  found: readonly (Identifier | null)[],
  { at, detail }: { at: unknown; detail: string },
): ParsedItem {
  const identifiers = identifiersOf(found);
  if (identifiers.length < 2) return ignored('nothing_for_us', `${detail} without old and new ids`);
  return {
    kind: 'relation',
    relation: 'same_person',
    person: { identifiers, displayName: null },
    at: instantOfSeconds(at),
  };
}

/** An entry of `state_sync`: somebody whom the account's user put into their address book, or took out of it. */
export function readStateSync(entry: unknown, { read }: Line): ParsedItem {
  const type = textOf(field(entry, 'type')) ?? '';
  const action = textOf(field(entry, 'action')) ?? '';
  if (type !== 'contact') return ignored('unknown_event_type', `state of type "${type}"`);
  if (action !== 'add') return ignored('not_a_conversation_event', `address book: "${action}"`);
  const contact = field(entry, 'contact');
  const identifiers = identifiersOf([
    read(field(contact, 'phone_number')),
    read(field(contact, 'wa_id')),
    userIdOf(field(contact, 'user_id'), read),
    userIdOf(field(contact, 'parent_user_id'), read),
  ]);
  if (identifiers.length === 0) return ignored('nothing_for_us', 'address book: nobody that can be read');
  const displayName =
    displayNameOf(field(contact, 'full_name')) ?? displayNameOf(field(contact, 'first_name'));
  return {
    kind: 'relation',
    relation: 'contact',
    person: { identifiers, displayName },
    at: instantOfSeconds(field(entry, 'metadata', 'timestamp')),
  };
}
