import { addressOf, mailFrom } from './addresses.ts';
import { addIdentity, type Draft } from './draft.ts';
import { abroad, chatWith, numberOf } from './numbers.ts';
import type { Identity, Naming } from './population.ts';

/** The domain of the team of the workspace. */
export const ownDomain = 'acme.example';

/** The mailbox of the workspace. */
export const ownAddress = addressOf('support', ownDomain);

/** The WhatsApp number of the workspace. */
export const ownNumber = numberOf('BR', '1140000001');

/** The LinkedIn profile of the workspace. */
export const ownMember: Naming = {
  kind: 'linkedin',
  text: 'urn:li:member:900000001',
  key: 'member 900000001',
};

/** The accounts' own identities, as accounts name them. */
export const ownIdentifiers = {
  email: ownAddress.text,
  whatsapp: abroad(ownNumber),
  linkedin: ownMember.text,
};

/** Adds the accounts' own identities, which write to everybody. */
export function addOwnIdentities(draft: Draft): void {
  const own: readonly Pick<Identity, 'channel' | 'namings'>[] = [
    { channel: 'email', namings: [mailFrom(ownAddress)] },
    { channel: 'whatsapp', namings: [chatWith(ownNumber)] },
    { channel: 'linkedin', namings: [ownMember] },
  ];
  for (const { channel, namings } of own) {
    addIdentity(draft, { channel, namings, stratum: 'shared.ownRecord', owner: null, internal: true });
  }
}
