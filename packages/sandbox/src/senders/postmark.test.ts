import { expect, test } from 'vitest';
import { jsonOf, plain, secretOf, sending, withFiles } from '../../test/webhooks.ts';
import { createPostmarkSender } from './postmark.ts';

test('postmark sends its credentials, the mail taken apart, and what the HTML shows by its content id', () => {
  const sender = createPostmarkSender();
  const webhook = sender.send(withFiles, sending);
  const credentials = Buffer.from(`postmark:${secretOf(sender, 'password')}`).toString('base64');
  expect(webhook.headers).toMatchObject({
    authorization: `Basic ${credentials}`,
    'content-type': 'application/json',
  });
  expect(jsonOf(webhook)).toMatchObject({
    FromFull: { Email: 'zoe@lima.example', Name: 'Zoë Lima', MailboxHash: '' },
    From: 'zoe@lima.example',
    CcFull: [{ Email: 'sales@acme.example' }],
    OriginalRecipient: 'support@acme.example',
    MessageStream: 'inbound',
    Subject: plain.subject,
    TextBody: plain.text,
    HtmlBody: plain.html,
    Attachments: [{ Name: 'Übersicht.pdf', ContentLength: 11 }, { ContentID: 'plan@lima' }],
  });
});
