import { randomBytes } from 'node:crypto';
import type { PageStack } from './page-stack.ts';

const token = 'a token of this test';

/** Connects the account `support` (support@acme.example) that `postMail` posts to. */
export async function connectSupport({ kith }: PageStack): Promise<void> {
  await kith.write.accounts.upsert.mutate({
    accountId: 'support',
    channel: 'email',
    provider: 'mime',
    identifiers: ['support@acme.example'],
    secrets: { token },
  });
}

/** A mail as its sender wrote it; `html` makes it a multipart one. */
export interface MailWords {
  from: string;
  subject: string;
  text: string;
  html?: string;
  /** Besides support@acme.example. */
  cc?: string;
  /** Without its angle brackets; one of its own where it is left out. */
  messageId?: string;
  /** The message id of the mail that it answers: both are one thread. */
  inReplyTo?: string;
  sentAt?: Date;
  files?: readonly MailFile[];
}

/** A file of a mail; with a `contentId` its HTML shows it. */
export interface MailFile {
  name: string;
  type: string;
  bytes: Uint8Array;
  contentId?: string;
}

/** Posts a mail as the mail server of the account `support` does; resolves when it is durable. */
export async function postMail(stack: PageStack, mail: MailWords): Promise<void> {
  const response = await fetch(`${stack.ingestEmailUrl}/webhooks/mime/support`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    body: mimeOf(mail),
  });
  if (response.status !== 200) throw new Error(`the webhook was answered ${response.status}`);
}

function mimeOf(mail: MailWords): string {
  const head = [
    `From: ${mail.from}`,
    'To: support@acme.example',
    ...(mail.cc === undefined ? [] : [`Cc: ${mail.cc}`]),
    ...(mail.inReplyTo === undefined ? [] : [`In-Reply-To: <${mail.inReplyTo}>`]),
    `Subject: ${mail.subject}`,
    `Message-ID: <${mail.messageId ?? `${randomBytes(8).toString('hex')}@page.example`}>`,
    `Date: ${(mail.sentAt ?? new Date()).toUTCString()}`,
    'MIME-Version: 1.0',
  ];
  const texts = [
    textPart('plain', mail.text),
    ...(mail.html === undefined ? [] : [textPart('html', mail.html)]),
  ];
  const body = multipart('alternative', texts);
  const { files = [] } = mail;
  const whole = files.length === 0 ? body : multipart('mixed', [body, ...files.map(filePart)]);
  return `${head.join('\r\n')}\r\n${whole}\r\n`;
}

const textPart = (type: string, body: string): string =>
  [`Content-Type: text/${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body].join('\r\n');

function filePart({ name, type, bytes, contentId }: MailFile): string {
  return [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: ${contentId === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
    ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  ].join('\r\n');
}

function multipart(kind: string, parts: readonly string[]): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const edge = randomBytes(8).toString('hex');
  return [
    `Content-Type: multipart/${kind}; boundary="${edge}"`,
    '',
    ...parts.flatMap((part) => [`--${edge}`, part]),
    `--${edge}--`,
    '',
  ].join('\r\n');
}
