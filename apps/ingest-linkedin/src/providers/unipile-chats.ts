/*
 * How people and chats are named on LinkedIn in Unipile's payloads.
 *
 * The number of a member (`member_urn`) is the only id that never changes, so that it comes first; it is missing as
 * often as not. The network's id is one per product: ACo… in LinkedIn itself, ACw… in Sales Navigator, AE… in Recruiter.
 * The profile's URL holds the one or the public slug. An email of the profile is a clue. A
 * chat's id is the same for everybody in it and tells nothing of them: one may have several with one person.
 */
import type { Identifier } from '@kith/contracts';
import { normalizeEmail, normalizeLinkedIn } from '@kith/identity';
import type { ChatChannel, UnipilePerson } from '@kith/unipile';

/** LinkedIn as Unipile sees it. */
export const linkedinChats: ChatChannel = {
  channel: 'linkedin',
  accountType: 'LINKEDIN',
  identifiersOf,
  readChatId: () => ({ names: 'chat' }),
  idsOf: ({ kind, value }) => (kind === 'linkedin_profile' ? [value] : []),
  nameOf: ({ kind, value }) => (kind === 'linkedin_public' ? value : null),
};

function identifiersOf(person: UnipilePerson): Identifier[] {
  const found = [
    readId(person.memberUrn, true),
    readId(person.providerId, false),
    readId(person.publicIdentifier, true),
    readId(person.profileUrl, false),
  ].flatMap((identifier) => identifier ?? []);
  const unique = [...new Map(found.map((identifier) => [identifier.value, identifier])).values()];
  return [...unique, ...person.emails.flatMap(readEmail)];
}

/** A field that holds nothing else may hold a bare number or slug; elsewhere a bare word is nobody. */
function readId(text: string | null, isDeclared: boolean): Identifier | null {
  if (text === null) return null;
  const id = normalizeLinkedIn(text, { declared: isDeclared });
  return id.ok ? { kind: id.kind, value: id.key } : null;
}

function readEmail(text: string): Identifier[] {
  const email = normalizeEmail(text);
  return email.ok ? [{ kind: 'email', value: email.key }] : [];
}
