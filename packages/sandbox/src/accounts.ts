/*
 * The two mail accounts of the demo, one per provider, and how a delivery to each is posted.
 *
 * Their secrets are made anew each time they are connected and kept nowhere else.
 */
import { randomBytes } from 'node:crypto';
import type { KithClient } from '@kith/client';
import type { DemoDelivery } from './history.ts';
import { buildMail } from './mail/build-mail.ts';
import { buildPostmarkBody } from './mail/postmark-body.ts';
import type { WebhookTarget } from './post-webhook.ts';
import { team } from './story/people.ts';
import type { Desk } from './story/topic.ts';

/** Where the mail of each desk is posted to. */
export type DemoTargets = Record<Desk, WebhookTarget>;

/** Connects `support-mail` (provider mime) and `sales-postmark` (provider postmark) with new secrets. */
export async function connectAccounts(kith: KithClient, ingestEmailUrl: string): Promise<DemoTargets> {
  const token = randomSecret();
  const password = randomSecret();
  await kith.write.accounts.upsert.mutate({
    accountId: 'support-mail',
    channel: 'email',
    provider: 'mime',
    identifiers: [team.support.address, team.tomas.address],
    secrets: { token },
  });
  await kith.write.accounts.upsert.mutate({
    accountId: 'sales-postmark',
    channel: 'email',
    provider: 'postmark',
    identifiers: [team.sales.address, team.nora.address, team.jo.address],
    secrets: { username: 'postmark', password },
  });
  const basic = Buffer.from(`postmark:${password}`).toString('base64');
  return {
    support: {
      url: `${ingestEmailUrl}/webhooks/mime/support-mail`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    },
    sales: {
      url: `${ingestEmailUrl}/webhooks/postmark/sales-postmark`,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    },
  };
}

/** A delivery as its account's provider sends it. */
export function bodyOf({ desk, mail }: DemoDelivery): Buffer | string {
  return desk === 'support' ? buildMail(mail) : buildPostmarkBody(mail);
}

const randomSecret = (): string => randomBytes(24).toString('base64url');
