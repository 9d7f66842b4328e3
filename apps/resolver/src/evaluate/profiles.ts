import { makeSlug } from './names.ts';
import { type Draft, unique } from './draft.ts';
import type { Naming } from './population.ts';

/** A LinkedIn member, under the ids that LinkedIn gives one person. */
export interface Profile {
  member: number;
  /** Of LinkedIn itself, and of its Sales Navigator: case matters. */
  profileId: string;
  salesId: string;
  /** The name in the profile's URL. */
  slug: string;
}

/** A profile that nobody has. */
export function makeProfile(draft: Draft, name: string): Profile {
  const { random } = draft;
  const member = Number(unique(draft, () => String(10_000_000 + random.int(900_000_000))));
  const tail = Array.from({ length: 20 }, () => random.int(256));
  return {
    member,
    profileId: opaqueId(0x2a, member, tail),
    salesId: opaqueId(0x2c, member, tail),
    slug: makePublicName(draft, name),
  };
}

/** A name in a profile's URL that nobody has. */
export const makePublicName = (draft: Draft, name: string): string =>
  unique(draft, (attempt) => `${makeSlug(name, draft.random)}${attempt === 0 ? '' : `-${attempt}`}`);

/** As LinkedIn's own ids look: the product, the member and a check, in base64 (`ACoAA…`, `ACwAA…`). */
function opaqueId(product: number, member: number, tail: readonly number[]): string {
  const bytes = Buffer.alloc(9 + tail.length);
  bytes.writeUInt16BE(product, 0);
  bytes.writeUInt32BE(member, 4);
  bytes.writeUInt8(1, 8);
  bytes.set(tail, 9);
  return bytes.toString('base64url');
}

/** As providers name a member: the id they write to, the member's number, the profile's URL. */
export const namingsOf = ({ member, profileId, slug }: Profile): Naming[] => [
  { kind: 'linkedin', text: profileId, key: `profile ${profileId}` },
  { kind: 'linkedin', text: `urn:li:member:${member}`, key: `member ${member}` },
  { kind: 'linkedin', text: profileUrl(slug), key: publicKey(slug) },
];

/** What the slug is, exactly. */
export const publicKey = (slug: string): string => `public ${slug}`;

/** The profile's URL as LinkedIn shows it. */
export const profileUrl = (name: string): string => `https://www.linkedin.com/in/${encodeURIComponent(name)}`;
