/*
 * Accounts: a mailbox, number or profile that a workspace connected, and the secrets by which its provider proves
 * itself. Secrets are written and never read back; they travel sealed (AES-256-GCM) to the ingest services.
 */
import * as z from 'zod';
import { AccountId, Channel, Provider, WorkspaceId } from './names.ts';

const secret = z.string().min(1).max(4096);

/** What each provider's account must be given, by provider. */
export const accountSecrets = {
  mime: z.union([
    z.strictObject({ token: secret }),
    z.strictObject({ signingSecret: secret }),
    z.strictObject({ token: secret, signingSecret: secret }),
  ]),
  postmark: z.strictObject({ username: secret, password: secret }),
} as const;

/** A provider that can be connected today, and on which channels. */
export const connectable: Record<keyof typeof accountSecrets, readonly Channel[]> = {
  mime: ['email'],
  postmark: ['email'],
};
export type ConnectableProvider = keyof typeof accountSecrets;

/** What the ingest services know of an account; `sealedSecrets` opens with the key they share with the resolver. */
export const AccountState = z.strictObject({
  version: z.literal(1),
  workspace: WorkspaceId,
  accountId: AccountId,
  channel: Channel,
  provider: Provider,
  sealedSecrets: z.string(),
  settings: z.record(z.string(), z.unknown()),
  deleted: z.boolean(),
});
export type AccountState = z.infer<typeof AccountState>;
