/*
 * Accounts: a mailbox, number or profile that a workspace connected, and the secrets by which its provider proves
 * itself. Secrets are written and never read back; they travel sealed (AES-256-GCM) to the ingest services.
 */
import * as z from 'zod';
import { AccountId, Channel, Provider, WorkspaceId } from './names.ts';

const secret = z.string().min(1).max(4096);

/** A base URL of a provider's API, where it is not the usual one. */
const apiUrl = z.url({ protocol: /^https?$/ }).max(500);

/** Of the mailbox behind an account, from which its history is fetched; `settings.imap` says where it is. */
const mailbox = { imapPassword: secret.optional() };

/** What each provider's account must be given, by provider. What is optional is needed to fetch what it does not post. */
export const accountSecrets = {
  mime: z.union([
    z.strictObject({ token: secret, ...mailbox }),
    z.strictObject({ signingSecret: secret, ...mailbox }),
    z.strictObject({ token: secret, signingSecret: secret, ...mailbox }),
  ]),
  postmark: z.strictObject({ username: secret, password: secret, ...mailbox }),
  /** The public key of the security policy: base64 of its SPKI, or PEM. */
  sendgrid: z.strictObject({ publicKey: secret, ...mailbox }),
  mailgun: z.strictObject({ signingKey: secret, apiKey: secret.optional(), ...mailbox }),
  ses: z.strictObject({ topicArns: z.array(secret).min(1).max(100), ...mailbox }),
  nylas: z.strictObject({ webhookSecret: secret, apiKey: secret.optional(), baseUrl: apiUrl.optional() }),
  meta: z.strictObject({
    appSecret: secret,
    verifyToken: secret,
    accessToken: secret.optional(),
    baseUrl: apiUrl.optional(),
  }),
  twilio: z.strictObject({
    authToken: secret,
    accountSid: secret.optional(),
    baseUrl: apiUrl.optional(),
  }),
  unipile: z.strictObject({
    webhookSecret: secret,
    apiVersion: z.enum(['v1', 'v2']),
    apiKey: secret.optional(),
    baseUrl: apiUrl.optional(),
  }),
  /** A mailbox that posts nothing and is only asked for its history. */
  imap: z.strictObject({ imapPassword: secret }),
} as const;

/** What to give for each provider, in words: for whoever gave something else. */
export const secretForms: Record<keyof typeof accountSecrets, string> = {
  mime: '{ token }, { signingSecret }, or both; imapPassword?',
  postmark: '{ username, password, imapPassword? }',
  sendgrid: '{ publicKey, imapPassword? }',
  mailgun: '{ signingKey, apiKey?, imapPassword? }',
  ses: '{ topicArns: [...], imapPassword? }',
  nylas: '{ webhookSecret, apiKey?, baseUrl? }',
  meta: '{ appSecret, verifyToken, accessToken?, baseUrl? }',
  twilio: '{ authToken, accountSid?, baseUrl? }',
  unipile: "{ webhookSecret, apiVersion: 'v1' | 'v2', apiKey?, baseUrl? }",
  imap: '{ imapPassword }',
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
  imap: ['email'],
};
export type ConnectableProvider = keyof typeof accountSecrets;

/** Where the mailbox behind an account of the channel email is: `settings.imap`. The password is `secrets.imapPassword`. */
export const ImapSettings = z.strictObject({
  /** A name, or an address without brackets. */
  host: z
    .string()
    .max(253)
    .regex(/^[\w.:-]+$/),
  /** 993, or 143 where `secure` is false. */
  port: z.int().min(1).max(65_535).optional(),
  /** TLS from the beginning, unless it is false: then by STARTTLS. */
  secure: z.boolean().optional(),
  user: z.string().min(1).max(500),
  /** Only these, by their paths; all but drafts, spam and trash where it is left out. */
  folders: z.array(z.string().min(1).max(1_000)).min(1).max(200).optional(),
});
export type ImapSettings = z.infer<typeof ImapSettings>;

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
