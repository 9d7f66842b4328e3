import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { headerOf, plain, seconds, secretOf, sending, withFiles } from '../../test/webhooks.ts';
import { buildMail } from '../mail/build-mail.ts';
import { createMimeSender, createSignedMimeSender } from './mime.ts';

describe('mime', () => {
  test('sends the token and the mail as it is', () => {
    const sender = createMimeSender();
    const webhook = sender.send(withFiles, sending);
    expect(webhook.headers).toEqual({
      authorization: `Bearer ${secretOf(sender, 'token')}`,
      'content-type': 'message/rfc822',
    });
    expect(webhook.body).toEqual(buildMail(withFiles));
  });

  test('signs id, time and bytes as Standard Webhooks has it', () => {
    const sender = createSignedMimeSender();
    const webhook = sender.send(plain, sending);
    const [prefix, encoded = ''] = secretOf(sender, 'signingSecret').split('_');
    expect(prefix).toBe('whsec');
    const signed = Buffer.concat([
      Buffer.from(`${headerOf(webhook, 'webhook-id')}.${seconds}.`),
      webhook.body,
    ]);
    const digest = createHmac('sha256', Buffer.from(encoded, 'base64')).update(signed).digest('base64');
    expect(webhook.headers).toMatchObject({
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${digest}`,
    });
  });
});
