import { describe, expect, test } from 'vitest';
import {
  fieldOf,
  formOf,
  hexHmac,
  plain,
  seconds,
  secretOf,
  sending,
  withFiles,
} from '../../test/webhooks.ts';
import { buildMail } from '../mail/build-mail.ts';
import { createMailgunSender } from './mailgun.ts';

describe('mailgun', () => {
  test.each([
    ['application/x-www-form-urlencoded', plain],
    ['multipart/form-data', withFiles],
  ])('proves a form of type %s by a token of its own', async (type, mail) => {
    const sender = createMailgunSender();
    const webhooks = [sender.send(mail, sending), sender.send(mail, sending)];
    const forms = await Promise.all(webhooks.map(formOf));
    for (const [index, form] of forms.entries()) {
      expect(webhooks[index]?.headers['content-type']).toMatch(type);
      expect(form.get('timestamp')).toBe(seconds);
      expect(form.get('token')).toMatch(/^[0-9a-f]{50}$/);
      const signed = `${seconds}${fieldOf(form, 'token')}`;
      expect(form.get('signature')).toBe(hexHmac(secretOf(sender, 'signingKey'), signed));
    }
    expect(forms[0]?.get('token')).not.toBe(forms[1]?.get('token'));
  });

  test('posts the mail taken apart: each field of the header twice, the texts, the files', async () => {
    const form = await formOf(createMailgunSender().send(withFiles, sending));
    expect(form.get('recipient')).toBe('support@acme.example');
    expect(form.get('sender')).toBe('zoe@lima.example');
    expect(form.get('Message-Id')).toBe('<reply@lima.example>');
    expect(form.get('In-Reply-To')).toBe('<first@acme.example>');
    expect(form.get('subject')).toBe(plain.subject);
    expect(JSON.parse(fieldOf(form, 'message-headers'))).toContainEqual([
      'References',
      '<first@acme.example>',
    ]);
    expect(form.get('body-plain')).toBe(plain.text.replaceAll('\n', '\r\n'));
    expect(form.get('stripped-text')).toBe('Ça va?');
    expect(form.get('body-html')).toBe(plain.html);
    expect(form.get('attachment-count')).toBe('2');
    expect(form.get('attachment-1')).toMatchObject({ type: 'application/pdf' });
    expect(JSON.parse(fieldOf(form, 'content-id-map'))).toEqual({ '<plan@lima>': 'attachment-2' });
  });

  test('posts the mail whole to a URL that asks for it', async () => {
    const form = await formOf(createMailgunSender({ raw: true }).send(withFiles, sending));
    expect(form.get('body-mime')).toBe(buildMail(withFiles).toString());
    expect(form.has('body-plain')).toBe(false);
  });
});
