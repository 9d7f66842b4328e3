/*
 * Accounts: a mailbox, number or profile that a workspace connected, and the secrets by which its provider proves
 * itself. Secrets are written and never read back; they travel sealed (AES-256-GCM) to the ingest services.
 */
import * as z from 'zod';
import { AccountId, Channel, Provider, WorkspaceId } from './names.ts';

const secret = z.string().min(1).max(4096);

/** A base URL of a provider's API, where it is not the usual one. */
const apiUrl = z.url({ protocol: /^https?$/ }).max(500);

/** What each provider's account must be given, by provider. What is optional is needed to fetch what it does not post. */
export const accountSecrets = {
  mime: z.union([
    z.strictObject({ token: secret }),
    z.strictObject({ signingSecret: secret }),
    z.strictObject({ token: secret, signingSecret: secret }),
  ]),
  postmark: z.strictObject({ username: secret, password: secret }),
  /** The public key of the security policy: base64 of its SPKI, or PEM. */
  sendgrid: z.strictObject({ publicKey: secret }),
  mailgun: z.strictObject({ signingKey: secret, apiKey: secret.optional() }),
  ses: z.strictObject({ topicArns: z.array(secret).min(1).max(100) }),
  nylas: z.strictObject({ webhookSecret: secret, apiKey: secret.optional(), baseUrl: apiUrl.optional() }),
  meta: z.strictObject({
    appSecret: secret,
    verifyToken: secret,
    accessToken: secret.optional(),
    baseUrl: apiUrl.optional(),
  }),
  twilio: z.strictObject({ authToken: secret }),
  unipile: z.strictObject({
    webhookSecret: secret,
    apiVersion: z.enum(['v1', 'v2']),
    apiKey: secret.optional(),
    baseUrl: apiUrl.optional(),
  }),
} as const;

/** What to give for each provider, in words: for whoever gave something else. */
export const secretForms: Record<keyof typeof accountSecrets, string> = {
  mime: '{ token }, { signingSecret }, or both',
  postmark: '{ username, password }',
  sendgrid: '{ publicKey }',
  mailgun: '{ signingKey, apiKey? }',
  ses: '{ topicArns: [...] }',
  nylas: '{ webhookSecret, apiKey?, baseUrl? }',
  meta: '{ appSecret, verifyToken, accessToken?, baseUrl? }',
  twilio: '{ authToken }',
  unipile: "{ webhookSecret, apiVersion: 'v1' | 'v2', apiKey?, baseUrl? }",
};

/** A provider that can be connected today, and on which channels. */
export const connectable: Record<keyof typeof accountSecrets, readonly Channel[]> = {
  mime: ['email'],
  postmark: ['email'],
  sendgrid: ['email'],
  mailgun: ['email'],
  ses: ['email'],
  nylas: ['email'],
  meta: ['whatsapp'],
  twilio: ['whatsapp'],
  unipile: ['email', 'whatsapp', 'linkedin'],
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
