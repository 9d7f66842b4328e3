/*
 * `mime`: whoever runs the mail server posts the mail as it is, with a token or with a Standard Webhooks signature
 * (https://www.standardwebhooks.com).
 */
import { createHmac, randomBytes } from 'node:crypto';
import { buildMail } from '../mail/build-mail.ts';
import { randomSecret, secondsOf } from './proofs.ts';
import type { MailSender, Sending } from './sender.ts';
import { urlId } from './stable-ids.ts';

/** A mail server that sends its token along. */
export function createMimeSender({ token = randomSecret() }: { token?: string } = {}): MailSender {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' };
  return {
    provider: 'mime',
    secrets: { token },
    send: (mail) => ({ headers: { ...headers }, body: buildMail(mail) }),
  };
}

/** A mail server that signs. `signingSecret` is `whsec_` and 24 to 64 bytes in base64. */
export function createSignedMimeSender({
  signingSecret = `whsec_${randomBytes(32).toString('base64')}`,
}: { signingSecret?: string } = {}): MailSender {
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64');
  return {
    provider: 'mime',
    secrets: { signingSecret },
    send: (mail, sending) => {
      const body = buildMail(mail);
      const id = `msg_${urlId('webhook', mail.messageId, 27)}`;
      return { headers: { 'content-type': 'message/rfc822', ...signed({ id, body, key }, sending) }, body };
    },
  };
}

function signed(
  { id, body, key }: { id: string; body: Buffer; key: Buffer },
  { nowMs }: Sending,
): Record<string, string> {
  const timestamp = secondsOf(nowMs);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
