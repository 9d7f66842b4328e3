import {
  AccountId,
  accountSecrets,
  Channel,
  connectable,
  type ConnectableProvider,
  type Identifier,
  ImapSettings,
  secretForms,
} from '@kith/contracts';
import * as z from 'zod';
import { ownIdentifierForms, readOwnIdentifier } from './own-identifier.ts';

const providers = Object.keys(connectable) as [ConnectableProvider, ...ConnectableProvider[]];

/**
 * An account as it is connected. `identifiers` are its own addresses, numbers or profiles, which become internal; `secrets` are written
 * and never read back, and may be left out when an existing account only changes.
 */
export const AccountInput = z
  .strictObject({
    accountId: AccountId,
    channel: Channel,
    provider: z.enum(providers),
    identifiers: z.array(z.string().max(500)).max(1000).default([]),
    secrets: z.record(z.string(), z.unknown()).optional(),
    settings: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((account, refinement) => {
    if (!connectable[account.provider].includes(account.channel)) {
      const message = `${account.provider} serves the channels ${connectable[account.provider].join(', ')}`;
      refinement.addIssue({ code: 'custom', path: ['channel'], message });
    }
    for (const issue of [...secretIssues(account), ...mailboxIssues(account)]) refinement.addIssue(issue);
    for (const [index, text] of account.identifiers.entries()) {
      if (readOwnIdentifier(account.channel, text) !== null) continue;
      const message = ownIdentifierForms[account.channel];
      refinement.addIssue({ code: 'custom', path: ['identifiers', index], message });
    }
  });
export type AccountInput = z.infer<typeof AccountInput>;

/** The account's own identities, normalised and without repeats. */
export function ownIdentifiers(account: AccountInput): Identifier[] {
  const own = account.identifiers.flatMap((text) => readOwnIdentifier(account.channel, text) ?? []);
  return [...new Map(own.map((found) => [`${found.kind} ${found.value}`, found])).values()];
}

const mailboxForm = '{ host, port?, secure?, user, folders? }';

/** Of an account on the channel email, whose history may lie in a mailbox. */
function mailboxIssues({
  channel,
  provider,
  settings,
}: Pick<AccountInput, 'channel' | 'provider' | 'settings'>) {
  const { imap } = settings;
  if (channel !== 'email' || (imap === undefined && provider !== 'imap')) return [];
  const result = ImapSettings.safeParse(imap);
  return (result.error?.issues ?? []).map(({ path, message }) => ({
    code: 'custom' as const,
    path: ['settings', 'imap', ...path],
    message: `is not where a mailbox is, which is ${mailboxForm}: ${message}`,
  }));
}

function secretIssues(account: { provider: ConnectableProvider; secrets?: unknown }) {
  if (account.secrets === undefined) return [];
  const result = accountSecrets[account.provider].safeParse(account.secrets);
  if (result.success) return [];
  // The values are secrets: only the place and the kind of the problem may be told.
  return [
    {
      code: 'custom' as const,
      path: ['secrets'],
      message: `do not fit the provider ${account.provider}: give ${secretForms[account.provider]}`,
    },
  ];
}
