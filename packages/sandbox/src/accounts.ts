/*
 * The four accounts of the demo, each of another provider, and how a delivery to each is posted.
 *
 * Their secrets are made anew each time they are connected and kept nowhere else.
 */
import { createHmac } from 'node:crypto';
import type { KithClient } from '@kith/client';
import type { UnipileApiAccount } from './apis/unipile-told.ts';
import type { DemoDelivery } from './demo-history.ts';
import type { WebhookTarget } from './post-webhook.ts';
import { createMetaSender, type MetaSender } from './senders/meta.ts';
import { createMimeSender } from './senders/mime.ts';
import { createPostmarkSender } from './senders/postmark.ts';
import type { ChatSender, MailSender, Webhook } from './senders/sender.ts';
import { createUnipileChatSender } from './senders/unipile-chats.ts';
import { createUnipileMailSender } from './senders/unipile-mail.ts';
import { joPark, noraField, salesNumber } from './story/chat-people.ts';
import { team } from './story/people.ts';

/** Where webhooks of each channel are posted to. */
export interface IngestUrls {
  ingestEmailUrl: string;
  ingestWhatsappUrl: string;
  ingestLinkedinUrl: string;
}

/** What accounts ask for files and histories with, and where. */
export interface HostAccess {
  baseUrl: string;
  accessToken: string;
  apiKey: string;
}

/** The accounts, with what posts to them. */
export interface DemoAccounts {
  support: { url: string; sender: MailSender };
  sales: { url: string; sender: MailSender };
  whatsapp: { url: string; sender: MetaSender };
  noraWhatsapp: { url: string; sender: ChatSender };
  linkedin: { url: string; sender: ChatSender };
}

/** How many accounts there are. */
export const accountCount = 6;
/** The one that is connected first after the mailbox: when it was created, the demo began. */
export const firstAccountId = 'support-mail';

const owned = [team.support, team.tomas, team.sales, team.nora, team.jo].map(({ address }) => address);

/** The company's mailbox, Nora's phone and Jo's profile, as Unipile knows them. */
export const mailboxAtUnipile = {
  apiVersion: 'v1',
  accountId: 'um-team-mailbox',
  network: 'GOOGLE',
  addresses: owned,
} as const satisfies UnipileApiAccount;
export const phoneAtUnipile = {
  apiVersion: 'v1',
  accountId: 'uw-nora-field',
  network: 'WHATSAPP',
  owner: noraField,
} as const satisfies UnipileApiAccount;
export const profileAtUnipile = {
  apiVersion: 'v1',
  accountId: 'ul-jo-park',
  network: 'LINKEDIN',
  owner: joPark,
} as const satisfies UnipileApiAccount;

/**
 * Credentials for a host that is about to be opened. They follow from the key of the workspace: a demo that is started
 * again has the same, and a sync that was interrupted goes on.
 */
export function hostAccess(baseUrl: string, workspaceKey: string): HostAccess {
  const secretOf = (name: string): string =>
    createHmac('sha256', workspaceKey).update(`demo ${name}`).digest('base64url');
  return { baseUrl, accessToken: secretOf('accessToken'), apiKey: secretOf('apiKey') };
}

/**
 * Connects `support-mail` (mime), `sales-postmark` (postmark), `sales-whatsapp` (meta), and at Unipile `nora-whatsapp`,
 * `jo-linkedin` and `team-mailbox`, with
 * new secrets. Without `media` the accounts of chats get no credentials to fetch files with.
 */
export async function connectAccounts(
  kith: KithClient,
  urls: IngestUrls,
  host: HostAccess | null,
): Promise<DemoAccounts> {
  const support = createMimeSender();
  const sales = createPostmarkSender();
  const whatsapp = createMetaSender({
    number: salesNumber,
    ...(host === null ? {} : { accessToken: host.accessToken, baseUrl: host.baseUrl }),
  });
  const atUnipile = host === null ? {} : { apiKey: host.apiKey, baseUrl: host.baseUrl };
  const noraWhatsapp = createUnipileChatSender({ ...phoneAtUnipile, ...atUnipile });
  const linkedin = createUnipileChatSender({ ...profileAtUnipile, ...atUnipile });
  const mailbox = createUnipileMailSender({ ...mailboxAtUnipile, ...atUnipile });
  const connect = connector(kith);
  // Posts nothing: it is where the past lies.
  await connect(mailbox, {
    ingestUrl: urls.ingestEmailUrl,
    channel: 'email',
    accountId: 'team-mailbox',
    identifiers: owned,
    settings: { unipileAccountId: mailboxAtUnipile.accountId },
  });
  return {
    support: await connect(support, {
      ingestUrl: urls.ingestEmailUrl,
      channel: 'email',
      accountId: firstAccountId,
      identifiers: [team.support.address, team.tomas.address],
    }),
    sales: await connect(sales, {
      ingestUrl: urls.ingestEmailUrl,
      channel: 'email',
      accountId: 'sales-postmark',
      identifiers: [team.sales.address, team.nora.address, team.jo.address],
    }),
    whatsapp: await connect(whatsapp, {
      ingestUrl: urls.ingestWhatsappUrl,
      channel: 'whatsapp',
      accountId: 'sales-whatsapp',
      identifiers: [salesNumber.phone],
    }),
    noraWhatsapp: await connect(noraWhatsapp, {
      ingestUrl: urls.ingestWhatsappUrl,
      channel: 'whatsapp',
      accountId: 'nora-whatsapp',
      identifiers: [noraField.phone ?? ''],
      settings: { unipileAccountId: phoneAtUnipile.accountId },
    }),
    linkedin: await connect(linkedin, {
      ingestUrl: urls.ingestLinkedinUrl,
      channel: 'linkedin',
      accountId: 'jo-linkedin',
      identifiers: [`https://www.linkedin.com/in/${joPark.slug}`, `urn:li:member:${joPark.member}`],
      settings: { unipileAccountId: profileAtUnipile.accountId },
    }),
  };
}

/** A delivery as its account's provider posts it now. Throws for what the provider tells nobody. */
export function webhookOf(
  accounts: DemoAccounts,
  delivery: DemoDelivery,
): { target: WebhookTarget; body: Buffer } {
  const { url } = accounts[delivery.account];
  const webhook = written(accounts, delivery, { nowMs: Date.now(), url });
  if (webhook === null) throw new RangeError(`the provider of ${delivery.account} does not tell of this`);
  return { target: { url, headers: webhook.headers }, body: webhook.body };
}

function written(
  accounts: DemoAccounts,
  delivery: DemoDelivery,
  sending: { nowMs: number; url: string },
): Webhook | null {
  switch (delivery.account) {
    case 'support':
    case 'sales':
      return accounts[delivery.account].sender.send(delivery.mail, sending);
    case 'noraWhatsapp':
    case 'linkedin':
      return accounts[delivery.account].sender.send(delivery.event, sending);
    case 'whatsapp': {
      const { sender } = accounts.whatsapp;
      return 'history' in delivery
        ? sender.sendHistory(delivery.history)
        : sender.sendTogether(delivery.events);
    }
  }
}

interface Connecting {
  ingestUrl: string;
  channel: 'email' | 'whatsapp' | 'linkedin';
  accountId: string;
  identifiers: string[];
  settings?: Record<string, unknown>;
}

function connector(kith: KithClient) {
  return async <Sender extends MailSender | ChatSender>(
    sender: Sender,
    { ingestUrl, ...account }: Connecting,
  ): Promise<{ url: string; sender: Sender }> => {
    const { provider, secrets } = sender;
    await kith.write.accounts.upsert.mutate({ ...account, provider, secrets });
    return { url: `${ingestUrl}/webhooks/${provider}/${account.accountId}`, sender };
  };
}
