import { describe, expect, test } from 'vitest';
import {
  headerOf,
  hexHmac,
  jsonOf,
  plain,
  seconds,
  secretOf,
  sending,
  withFiles,
} from '../../test/webhooks.ts';
import { createUnipileMailSender } from './unipile-mail.ts';

describe('unipile, with mail', () => {
  test('v1 repeats its secret and calls its JSON a form', () => {
    const sender = createUnipileMailSender();
    const webhook = sender.send(withFiles, sending);
    expect(webhook.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'unipile-auth': secretOf(sender, 'webhookSecret'),
    });
    expect(jsonOf(webhook)).toMatchObject({
      event: 'mail_received',
      email_id: sender.mailId(withFiles),
      date: plain.date,
      from_attendee: { display_name: 'Zoë Lima', identifier: 'zoe@lima.example' },
      to_attendees: [{ identifier: 'support@acme.example' }],
      cc_attendees: [{ identifier: 'sales@acme.example' }],
      message_id: '<reply@lima.example>',
      in_reply_to: { message_id: '<first@acme.example>' },
      subject: plain.subject,
      body: plain.html,
      body_plain: plain.text,
      role: 'inbox',
      is_complete: true,
      has_attachments: true,
      attachments: [{ id: sender.attachmentId(withFiles, 0), mime: 'application/pdf' }, { cid: 'plan@lima' }],
    });
  });

  test('v2 signs the time and the bytes, and posts the header along', () => {
    const sender = createUnipileMailSender({ apiVersion: 'v2' });
    const webhook = sender.send(plain, sending);
    const digest = hexHmac(secretOf(sender, 'webhookSecret'), `${seconds}.`, webhook.body);
    expect(headerOf(webhook, 'unipile-signature')).toBe(`t=${seconds},v0=${digest}`);
    expect(jsonOf(webhook)).toMatchObject({
      object: 'Event',
      id: expect.stringMatching(/^evt_/),
      type: 'email.new',
      payload: {
        message_id: '<reply@lima.example>',
        from: [{ email: 'zoe@lima.example', display_name: 'Zoë Lima' }],
        headers: expect.arrayContaining([{ name: 'In-Reply-To', value: '<first@acme.example>' }]),
      },
    });
  });

  test('a mail that Unipile has not read yet has its body at the API only', () => {
    const sender = createUnipileMailSender({ complete: false });
    expect(jsonOf(sender.send(plain, sending))).toMatchObject({
      is_complete: false,
      body: '',
      body_plain: '',
    });
    expect(sender.apiMail(plain)).toMatchObject({ body: plain.html, is_complete: true });
  });
});
