/*
 * Somebody in a payload of Unipile. v1 writes `attendee_provider_id`, a new relation `user_provider_id`, v2 `id`,
 * inside `user` where it lists a group's members; what is the channel's own stands in `specifics`.
 *
 * Unipile's own id of an attendee (`attendee_id`) names a row of Unipile's and nobody outside it: it is not read.
 */
import { field, firstText, isSet, listOf, type Loose, objectOf, textOf } from '@kith/ingest/loose-json';

/** Somebody, as far as the payload tells. */
export interface UnipilePerson {
  /** The network's id: `ACoAA…` on LinkedIn, `140874994434143@lid` on WhatsApp. */
  providerId: string | null;
  publicIdentifier: string | null;
  profileUrl: string | null;
  /** LinkedIn's number: `urn:li:member:42`, rarely the bare number. */
  memberUrn: string | null;
  /** WhatsApp's number; the word `hidden` where the account may not see it. */
  phoneNumber: string | null;
  lid: string | null;
  emails: readonly string[];
  name: string | null;
  /** The connected account itself, by Unipile's word. */
  isSelf: boolean;
}

/** Somebody of whom nothing is known. */
export const nobody: UnipilePerson = {
  providerId: null,
  publicIdentifier: null,
  profileUrl: null,
  memberUrn: null,
  phoneNumber: null,
  lid: null,
  emails: [],
  name: null,
  isSelf: false,
};

/** Reads somebody; a bare text is the network's id. Null when there is nobody. */
export function readPerson(value: unknown): UnipilePerson | null {
  const bare = textOf(value);
  if (bare !== null) return { ...nobody, providerId: bare };
  const outer = objectOf(value);
  if (outer === null) return null;
  const inner = objectOf(field(outer, 'user')) ?? outer;
  const specifics = objectOf(field(inner, 'attendee_specifics')) ?? objectOf(field(inner, 'specifics')) ?? {};
  return {
    providerId: firstText(inner, 'attendee_provider_id', 'user_provider_id', 'provider_id', 'id'),
    publicIdentifier: firstText(
      inner,
      'attendee_public_identifier',
      'user_public_identifier',
      'public_identifier',
    ),
    profileUrl: firstText(
      inner,
      'attendee_profile_url',
      'user_profile_url',
      'public_profile_url',
      'profile_url',
    ),
    memberUrn: firstText(specifics, 'member_urn') ?? firstText(inner, 'user_member_urn', 'member_urn'),
    phoneNumber: firstText(specifics, 'phone_number') ?? firstText(inner, 'phone_number'),
    lid: firstText(specifics, 'lid') ?? firstText(inner, 'lid'),
    emails: [...emailsOf(specifics), ...emailsOf(inner)],
    name: nameOf(inner),
    isSelf: isSet(field(outer, 'is_self')) || isSet(field(inner, 'is_self')),
  };
}

const emailsMax = 3;

function emailsOf(object: Loose): string[] {
  const lists = [field(object, 'contact_info', 'emails'), field(object, 'emails'), [field(object, 'email')]];
  return lists
    .flatMap((list) => listOf(list).slice(0, emailsMax))
    .flatMap((entry) => textOf(entry) ?? firstText(entry, 'email', 'address') ?? []);
}

function nameOf(object: Loose): string | null {
  const whole = firstText(object, 'attendee_name', 'user_full_name', 'display_name', 'full_name', 'name');
  if (whole !== null) return whole;
  const parts = [firstText(object, 'first_name'), firstText(object, 'last_name')];
  return parts.filter((part) => part !== null).join(' ') || null;
}
