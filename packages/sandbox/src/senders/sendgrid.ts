/*
 * `sendgrid`: Inbound Parse with a security policy that signs
 * (https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook).
 *
 * Each text field is in the charset that the mail had it in, which `charsets` tells; the other fields are UTF-8. With
 * `raw` the mail comes whole, in `email`. The signature is over the time and the form's own bytes.
 */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { buildMail, writeHeader } from '../mail/build-mail.ts';
import type { Mail, MailAttachment } from '../mail/mail.ts';
import { showMailboxes } from '../mail/shown-header.ts';
import { type FormPart, multipartForm } from './multipart.ts';
import { secondsOf } from './proofs.ts';
import type { MailSender, Sending, Webhook } from './sender.ts';

/** What may differ from mail to mail in SendGrid's forms. */
export interface SendgridOptions {
  /** "POST the raw, full MIME message" of the settings. */
  raw?: boolean;
  /** What the mails' texts are written in; what does not fit into it is sent as UTF-8 all the same. */
  charset?: 'UTF-8' | 'iso-8859-1';
  /** A key pair on the curve P-256; a new one where none is given. */
  keys?: { publicKey: KeyObject; privateKey: KeyObject };
}

/** The boundary that SendGrid always uses. */
const boundary = 'xYzZY';

/** SendGrid with a key pair of its own. */
export function createSendgridSender({
  raw = false,
  charset = 'UTF-8',
  keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}: SendgridOptions = {}): MailSender {
  const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    provider: 'sendgrid',
    secrets: { publicKey },
    send: (mail, sending) => {
      const parts = raw ? rawParts(mail) : parsedParts(mail, charset);
      const { body, contentType } = multipartForm([...parts, ...envelopeParts(mail)], boundary);
      return signed({ headers: { 'content-type': contentType }, body }, keys.privateKey, sending);
    },
  };
}

function signed({ headers, body }: Webhook, privateKey: KeyObject, { nowMs }: Sending): Webhook {
  const timestamp = secondsOf(nowMs);
  const signature = createSign('sha256').update(timestamp).update(body).sign(privateKey, 'base64');
  return {
    headers: {
      ...headers,
      'user-agent': 'Sendlib/1.0',
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': signature,
    },
    body,
  };
}

function rawParts(mail: Mail): FormPart[] {
  const charsets = { to: 'UTF-8', subject: 'UTF-8', from: 'UTF-8' };
  return [
    { name: 'email', value: buildMail(mail) },
    ...peopleParts(mail),
    { name: 'charsets', value: JSON.stringify(charsets) },
  ];
}

function parsedParts(mail: Mail, charset: string): FormPart[] {
  const text = writeIn(charset, mail.text);
  const html = mail.html === undefined ? null : writeIn(charset, mail.html);
  const charsets = {
    to: 'UTF-8',
    ...(html === null ? {} : { html: html.charset }),
    subject: 'UTF-8',
    from: 'UTF-8',
    text: text.charset,
  };
  const files = mail.attachments ?? [];
  return [
    { name: 'headers', value: `${writeHeader(mail)}\r\n` },
    ...peopleParts(mail),
    { name: 'text', value: text.bytes },
    ...(html === null ? [] : [{ name: 'html', value: html.bytes }]),
    { name: 'attachments', value: String(files.length) },
    ...(files.length === 0 ? [] : [{ name: 'attachment-info', value: infoOf(files) }]),
    ...(files.some(({ contentId }) => contentId !== undefined)
      ? [{ name: 'content-ids', value: contentIdsOf(files) }]
      : []),
    ...files.map(({ name, type, content }, index) => ({
      name: `attachment${index + 1}`,
      value: content,
      fileName: name,
      type,
    })),
    { name: 'charsets', value: JSON.stringify(charsets) },
  ];
}

/** What was said to SendGrid's mail server, and what it thinks of it. */
function envelopeParts({ from, to, cc = [] }: Mail): FormPart[] {
  const domain = from.address.split('@')[1] ?? '';
  return [
    {
      name: 'envelope',
      value: JSON.stringify({ to: [...to, ...cc].map(({ address }) => address), from: from.address }),
    },
    { name: 'sender_ip', value: '203.0.113.71' },
    // Not JSON, whatever it looks like.
    { name: 'dkim', value: `{@${domain} : pass}` },
    { name: 'SPF', value: 'pass' },
    { name: 'spam_score', value: '0.012' },
  ];
}

function peopleParts({ from, to, cc, subject }: Mail): FormPart[] {
  return [
    { name: 'to', value: showMailboxes(to) },
    ...(cc === undefined ? [] : [{ name: 'cc', value: showMailboxes(cc) }]),
    { name: 'from', value: showMailboxes([from]) },
    { name: 'subject', value: subject },
  ];
}

function writeIn(charset: string, text: string): { charset: string; bytes: Buffer } {
  const lines = text.replaceAll(/\r?\n/g, '\r\n');
  const fits = charset === 'iso-8859-1' && /^[\0-\u00ff]*$/.test(lines);
  return fits
    ? { charset, bytes: Buffer.from(lines, 'latin1') }
    : { charset: 'UTF-8', bytes: Buffer.from(lines) };
}

function infoOf(files: readonly MailAttachment[]): string {
  const info = files.map(({ name, type, contentId }, index) => [
    `attachment${index + 1}`,
    { filename: name, name, type, ...(contentId === undefined ? {} : { 'content-id': contentId }) },
  ]);
  return JSON.stringify(Object.fromEntries(info));
}

function contentIdsOf(files: readonly MailAttachment[]): string {
  const ids = files.flatMap(({ contentId }, index) =>
    contentId === undefined ? [] : [[contentId, `attachment${index + 1}`] as const],
  );
  return JSON.stringify(Object.fromEntries(ids));
}
