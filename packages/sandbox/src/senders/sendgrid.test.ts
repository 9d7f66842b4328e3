import { createPublicKey, createVerify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  fieldOf,
  formOf,
  headerOf,
  plain,
  seconds,
  secretOf,
  sending,
  withFiles,
} from '../../test/webhooks.ts';
import { buildMail } from '../mail/build-mail.ts';
import { createSendgridSender } from './sendgrid.ts';
import type { Webhook } from './sender.ts';

describe('sendgrid', () => {
  const verify = (webhook: Webhook, publicKey: string, body = webhook.body): boolean => {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const signature = headerOf(webhook, 'x-twilio-email-event-webhook-signature');
    const timestamp = headerOf(webhook, 'x-twilio-email-event-webhook-timestamp');
    return createVerify('sha256').update(timestamp).update(body).verify(key, signature, 'base64');
  };

  test('signs the time and the bytes with a key of each account', () => {
    const [one, other] = [createSendgridSender(), createSendgridSender()];
    const webhook = one.send(withFiles, sending);
    expect(headerOf(webhook, 'x-twilio-email-event-webhook-timestamp')).toBe(seconds);
    expect(verify(webhook, secretOf(one, 'publicKey'))).toBe(true);
    expect(verify(webhook, secretOf(one, 'publicKey'), Buffer.concat([webhook.body, Buffer.from(' ')]))).toBe(
      false,
    );
    expect(verify(webhook, secretOf(other, 'publicKey'))).toBe(false);
  });

  test('posts the mail taken apart, with its files and what they are', async () => {
    const form = await formOf(createSendgridSender().send(withFiles, sending));
    expect(form.get('from')).toBe('"Zoë Lima" <zoe@lima.example>');
    expect(form.get('to')).toBe('Acme Support <support@acme.example>');
    expect(form.get('cc')).toBe('sales@acme.example');
    expect(form.get('subject')).toBe(plain.subject);
    expect(fieldOf(form, 'text').replaceAll('\r\n', '\n')).toBe(plain.text);
    expect(form.get('html')).toBe(plain.html);
    expect(form.get('headers')).toContain('In-Reply-To: <first@acme.example>\r\n');
    expect(JSON.parse(fieldOf(form, 'envelope'))).toEqual({
      to: ['support@acme.example', 'sales@acme.example'],
      from: 'zoe@lima.example',
    });
    expect(form.get('attachments')).toBe('2');
    expect(JSON.parse(fieldOf(form, 'attachment-info'))).toMatchObject({
      attachment1: { filename: 'Übersicht.pdf', type: 'application/pdf' },
      attachment2: { 'content-id': 'plan@lima' },
    });
    expect(JSON.parse(fieldOf(form, 'content-ids'))).toEqual({ 'plan@lima': 'attachment2' });
    const file = form.get('attachment2');
    expect(file).toBeInstanceOf(File);
    expect(Buffer.from(await (file as File).arrayBuffer())).toEqual(withFiles.attachments?.[1]?.content);
  });

  test('writes a text in the charset that it names, and in UTF-8 what does not fit', () => {
    const sender = createSendgridSender({ charset: 'iso-8859-1' });
    const latin = sender.send(plain, sending).body.toString('latin1');
    expect(latin).toContain('\r\n\r\nÇa va?\r\n');
    expect(latin).toContain('"text":"iso-8859-1"');
    const other = sender.send({ ...plain, text: 'Łódź' }, sending).body.toString();
    expect(other).toContain('\r\n\r\nŁódź\r\n');
    expect(other).toContain('"text":"UTF-8"');
  });

  test('posts the mail whole where it is set to', async () => {
    const form = await formOf(createSendgridSender({ raw: true }).send(withFiles, sending));
    expect(form.get('email')).toBe(buildMail(withFiles).toString());
    expect(form.has('text')).toBe(false);
    expect(form.has('attachments')).toBe(false);
  });
});
