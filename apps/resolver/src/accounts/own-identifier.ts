import type { Channel, Identifier } from '@kith/contracts';
import { normalizeEmail, normalizeLinkedIn, normalizePhone, normalizeWhatsApp } from '@kith/identity';

/** What an account's own identity may be, by channel: what a caller is told of one that cannot be read. */
export const ownIdentifierForms: Record<Channel, string> = {
  email: 'is not an email address',
  whatsapp: 'is neither a phone number with + nor a WhatsApp id',
  linkedin: "is not a person's LinkedIn URL, URN or id",
};

/** Reads one of an account's own identities; null for a text that is none of its channel's. */
export function readOwnIdentifier(channel: Channel, text: string): Identifier | null {
  switch (channel) {
    case 'email': {
      const address = normalizeEmail(text);
      return address.ok ? { kind: 'email', value: address.key } : null;
    }
    case 'whatsapp':
      return readWhatsApp(text);
    case 'linkedin': {
      // An account's identifiers are declared as LinkedIn's: a bare name is the one in a profile's URL.
      const profile = normalizeLinkedIn(text, { declared: true });
      return profile.ok ? { kind: profile.kind, value: profile.key } : null;
    }
  }
}

/** A number as people write it, else an id as WhatsApp does: digits alone are a number with its country there. */
function readWhatsApp(text: string): Identifier | null {
  const phone = normalizePhone(text);
  if (phone.ok) return { kind: 'phone', value: phone.key };
  const id = normalizeWhatsApp(text);
  return id.ok ? { kind: id.kind, value: id.key } : null;
}
