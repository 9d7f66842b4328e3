/*
 * `mailgun`: a route that forwards (https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/).
 *
 * The form is urlencoded, or multipart where the mail has files. To a URL that ends in `mime` Mailgun posts the mail
 * whole, in `body-mime`. What proves the form is in it: a token and a time, fresh with each form, and their HMAC.
 */
import { randomBytes } from 'node:crypto';
import { buildMail } from '../mail/build-mail.ts';
import type { Mail, MailAttachment } from '../mail/mail.ts';
import { showMailboxes, shownHeaderOf } from '../mail/shown-header.ts';
import { multipartForm, urlencodedForm } from './multipart.ts';
import { hexHmac, randomSecret, secondsOf } from './proofs.ts';
import type { MailSender, Sending, Webhook } from './sender.ts';
import { hexId } from './stable-ids.ts';

type Field = [name: string, value: string];

/** Mailgun; `raw` for mails as they are. */
export function createMailgunSender({
  raw = false,
  signingKey = randomSecret(),
}: { raw?: boolean; signingKey?: string } = {}): MailSender {
  return {
    provider: 'mailgun',
    secrets: { signingKey },
    send: (mail, sending) => {
      const content = raw ? rawFields(mail) : parsedFields(mail);
      const fields = [...envelopeFields(mail), ...content, ...proofOf(signingKey, sending)];
      return formOf(mail, fields, raw ? [] : (mail.attachments ?? []));
    },
  };
}

function formOf(mail: Mail, fields: readonly Field[], files: readonly MailAttachment[]): Webhook {
  const agent = { 'user-agent': 'mailgun/treq-22.2.0' };
  if (files.length === 0) {
    const headers = { ...agent, 'content-type': 'application/x-www-form-urlencoded' };
    return { headers, body: urlencodedForm(fields) };
  }
  const parts = [
    ...fields.map(([name, value]) => ({ name, value })),
    ...files.map(({ name, type, content }, index) => ({
      name: `attachment-${index + 1}`,
      value: content,
      fileName: name,
      type,
    })),
  ];
  const { body, contentType } = multipartForm(parts, hexId('mailgun', mail.messageId, 32));
  return { headers: { ...agent, 'content-type': contentType }, body };
}

function proofOf(signingKey: string, { nowMs }: Sending): Field[] {
  const timestamp = secondsOf(nowMs);
  const token = randomBytes(25).toString('hex');
  return [
    ['timestamp', timestamp],
    ['token', token],
    ['signature', hexHmac(signingKey, timestamp + token)],
  ];
}

function envelopeFields({ from, to, subject }: Mail): Field[] {
  return [
    ['recipient', to[0]?.address ?? ''],
    ['sender', from.address],
    ['subject', subject],
    ['from', showMailboxes([from])],
  ];
}

const rawFields = (mail: Mail): Field[] => [['body-mime', buildMail(mail).toString('latin1')]];

/** Every field of the header by its own name, all of them once more in `message-headers`, and the texts. */
function parsedFields(mail: Mail): Field[] {
  const header = shownHeaderOf(mail).map(([name, value]): Field => [mailgunName(name), value]);
  const text = withCrlf(mail.text);
  const stripped = withCrlf(mail.text.split(/\n\n(?:On [^\n]+ wrote:\n|-{10} Forwarded)/)[0] ?? mail.text);
  const files = mail.attachments ?? [];
  return [
    ...header,
    ['message-headers', JSON.stringify([['X-Mailgun-Incoming', 'Yes'], ...header])],
    ['body-plain', text],
    ['stripped-text', stripped],
    ['stripped-signature', ''],
    ...(mail.html === undefined
      ? []
      : ([
          ['body-html', withCrlf(mail.html)],
          ['stripped-html', withCrlf(mail.html)],
        ] satisfies Field[])),
    ...(files.length === 0 ? [] : ([['attachment-count', String(files.length)]] satisfies Field[])),
    ...contentIdMap(files),
  ];
}

function contentIdMap(files: readonly MailAttachment[]): Field[] {
  const shown = files.flatMap(({ contentId }, index) =>
    contentId === undefined ? [] : [[`<${contentId}>`, `attachment-${index + 1}`] as const],
  );
  return shown.length === 0 ? [] : [['content-id-map', JSON.stringify(Object.fromEntries(shown))]];
}

/** Mailgun writes the names of fields in its own way. */
const mailgunName = (name: string): string =>
  name === 'Message-ID' ? 'Message-Id' : name === 'MIME-Version' ? 'Mime-Version' : name;

const withCrlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');
